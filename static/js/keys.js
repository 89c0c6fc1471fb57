// The judge's keys: 1 to 5 mark, N next, P previous. They rest while one writes and can be turned off (WCAG 2.1.4).
const STORED = "chorus-keys";

const remember = (on) => {
  try {
    window.localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // Without a store the choice holds for this page.
  }
};

const wanted = () => {
  try {
    return window.localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
};

export function isWriting(target) {
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches("[type=radio], [type=checkbox], [type=submit], [type=button]");
}

// The group that a figure marks: the one with the focus, else the first without a mark, else the first.
function group(form) {
  const groups = [...form.querySelectorAll("fieldset")].filter((one) => one.querySelector("[type=radio]"));
  return (
    groups.find((one) => one.contains(document.activeElement)) ??
    groups.find((one) => !one.querySelector(":checked")) ??
    groups[0]
  );
}

function mark(form, figure) {
  const radio = group(form)?.querySelector(`[type=radio][value="${figure}"]`);
  if (!radio || radio.disabled) return false;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function go(where) {
  const target = document.querySelector(`[data-key-${where}]`);
  target?.click();
  return Boolean(target);
}

export function startKeys(form) {
  let on = wanted();
  const note = document.querySelector("[data-keys-note]");
  const box = document.querySelector("[data-keys-switch]");
  if (!note || !box) return; // no way to turn them off, no keys
  note.hidden = false;
  box.checked = on;
  box.addEventListener("change", (event) => {
    event.stopPropagation();
    on = box.checked;
    remember(on);
  });
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || isWriting(event.target)) return;
    const key = event.key.toLowerCase();
    const did = /^[1-5]$/.test(key) ? mark(form, key) : { n: () => go("next"), p: () => go("previous") }[key]?.();
    if (did) event.preventDefault();
  });
}
