// @ts-check
// Light, dark or as the system has it: kept under `look`, set by start.js on every page.

/** @typedef {"system" | "light" | "dark"} Look */

/**
 * The look that a text names.
 * @param {string | null | undefined} text
 * @returns {Look}
 */
export function look(text) {
  return text === "light" || text === "dark" ? text : "system";
}

/** @param {HTMLElement} place a label with a `select`, hidden where scripts are off */
export function mount(place) {
  const select = place.querySelector("select");
  if (!select) return;
  select.value = look(document.documentElement.dataset.look);
  select.addEventListener("change", () => {
    document.documentElement.dataset.look = look(select.value);
    try {
      localStorage.setItem("look", look(select.value));
    } catch {
      // It holds for this page, then.
    }
  });
  place.hidden = false;
}
