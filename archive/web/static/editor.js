// SQL with colours. Datasette ships CodeMirror; its own set-up script is inline, which our policy forbids.
"use strict";
const area = document.getElementById("sql-editor");
if (area && window.CodeMirror) {
  const editor = CodeMirror.fromTextArea(area, {
    lineNumbers: true,
    lineWrapping: true,
    mode: "text/x-sql",
    viewportMargin: Infinity,
  });
  editor.getInputField().setAttribute("aria-label", "SQL");
  editor.setOption("extraKeys", {
    "Shift-Enter": () => { editor.save(); area.form.submit(); },
    Tab: false, // the keyboard must be able to leave
    "Shift-Tab": false,
  });
}
