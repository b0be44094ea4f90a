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

/** @param {HTMLElement} place in the article; `data-page` names its ticks */
export function mount(place) {
  const article = place.closest("article");
  if (!article) return;
  const name = key(new URL("../../", import.meta.url).pathname);
  const kept = () => {
    try {
      return read(localStorage.getItem(name));
    } catch {
      return {};
    }
  };
  /** @param {HTMLInputElement} box */
  const task = (box) => `${place.dataset.page}#${box.dataset.task}`;
  const ticks = kept();
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = article.querySelectorAll("input[data-task]");
  for (const box of boxes) if (task(box) in ticks) box.checked = true;
  // Heard at the article, so that tasks which appear while a page is edited count too.
  article.addEventListener("change", ({ target: box }) => {
    if (!(box instanceof HTMLInputElement) || !box.dataset.task) return;
    try {
      localStorage.setItem(name, JSON.stringify(tick(kept(), task(box), box.checked)));
    } catch {
      // It stays ticked as long as the page is open.
    }
  });
}
