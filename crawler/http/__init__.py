"""HTTP: the download handler and the downloader middlewares."""
