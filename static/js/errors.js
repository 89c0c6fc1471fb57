// The error summary takes the focus when a page with errors opens, and its links show the label of a field, not only
// its box (as NHS.UK frontend does).
function labelOf(field) {
  const legend = field.closest("fieldset")?.querySelector("legend");
  if (legend && (field.matches("[type=radio], [type=checkbox]") || legend.parentElement.matches("[role=group]"))) {
    return legend;
  }
  return document.querySelector(`label[for="${CSS.escape(field.id)}"]`) ?? field;
}

export function startErrors(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const field = document.getElementById(event.target.closest("a")?.hash?.slice(1) ?? "");
    if (!field) return;
    event.preventDefault();
    labelOf(field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
