// @ts-check
// Ticks of tasks, kept in the reader's browser and nowhere else.

const VERSION = 1;

/** Ticked tasks by `page#task`. @typedef {Record<string, true>} Ticks */

/**
 * What was kept, or nothing if it cannot be read.
 * @param {string | null} text
 * @returns {Ticks}
 */
export function read(text) {
  try {
    const kept = JSON.parse(text ?? "{}");
    const names = Object.keys(kept).filter((name) => kept[name] === true);
    return Object.fromEntries(names.map((name) => [name, true]));
  } catch {
    return {};
  }
}

/**
 * @param {Ticks} ticks
 * @param {string} name
 * @param {boolean} done
 * @returns {Ticks}
 */
export function tick(ticks, name, done) {
  const { [name]: _, ...others } = ticks;
  return done ? { ...others, [name]: true } : others;
}

/**
 * Where ticks are kept: sites below one host do not share them.
 * @param {string} site the path of its root
 */
export function key(site) {
  return `${site}:ticks:${VERSION}`;
}

/** @param {HTMLElement} place the article; `data-page` names its ticks */
export function mount(place) {
  const name = key(new URL("../../", import.meta.url).pathname);
  const kept = () => {
    try {
      return read(localStorage.getItem(name));
    } catch {
      return {};
    }
  };
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = place.querySelectorAll("input[data-task]");
  const ticks = kept();
  for (const box of boxes) {
    const task = `${place.dataset.page}#${box.dataset.task}`;
    if (task in ticks) box.checked = true;
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(name, JSON.stringify(tick(kept(), task, box.checked)));
      } catch {
        // It stays ticked as long as the page is open.
      }
    });
  }
}
