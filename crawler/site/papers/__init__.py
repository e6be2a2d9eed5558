"""The definition files of the papers that khobao knows; read by `crawler.site.paper`."""
