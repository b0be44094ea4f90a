// @ts-check
// Filters of a list of questions. The choice is the address, so that it can be shared.

/** What is chosen, by filter. @typedef {Record<string, string>} Choice */

/**
 * The choice that an address names, of these filters.
 * @param {string} query
 * @param {string[]} filters
 * @returns {Choice}
 */
export function choice(query, filters) {
  const asked = new URLSearchParams(query);
  const known = filters.filter((name) => asked.get(name));
  return Object.fromEntries(known.map((name) => [name, asked.get(name) ?? ""]));
}

/**
 * The part of an address for a choice, from `?` on; nothing for no choice.
 * @param {Choice} choice
 */
export function query(choice) {
  const chosen = Object.entries(choice).filter(([, value]) => value !== "");
  const text = new URLSearchParams(chosen).toString();
  return text && `?${text}`;
}

/**
 * Whether an entry is among those chosen. Its values are words apart by blanks; of
 * `minutes` the choice is the most.
 * @param {Record<string, string | undefined>} entry
 * @param {Choice} choice
 */
export function fits(entry, choice) {
  return Object.entries(choice).every(([name, value]) => {
    const own = entry[name] ?? "";
    if (value === "") return true;
    return name === "minutes" ? Number(own) <= Number(value) : own.split(" ").includes(value);
  });
}

/** @param {HTMLElement} place holds the choices; `data-list` names what they filter */
export function mount(place) {
  const list = document.getElementById(place.dataset.list ?? "");
  const selects = [...place.querySelectorAll("select")];
  const count = place.querySelector("output");
  if (!list || !count) return;
  /** @type {HTMLElement[]} */
  const entries = [...list.querySelectorAll("li[data-level]")].filter(
    (entry) => entry instanceof HTMLElement,
  );

  const show = () => {
    const chosen = Object.fromEntries(selects.map((own) => [own.name, own.value]));
    for (const entry of entries) entry.hidden = !fits(entry.dataset, chosen);
    for (const group of list.querySelectorAll("section")) {
      group.hidden = !group.querySelector("li[data-level]:not([hidden])");
    }
    const shown = entries.filter((entry) => !entry.hidden).length;
    count.textContent = (place.dataset.count ?? "")
      .replace("{n}", String(shown))
      .replace("{of}", String(entries.length));
    return chosen;
  };
  const load = () => {
    const chosen = choice(location.search, selects.map((own) => own.name));
    for (const own of selects) {
      const value = chosen[own.name] ?? "";
      own.value = [...own.options].some((option) => option.value === value) ? value : "";
    }
    show();
  };

  const keep = () => {
    const address = location.pathname + query(show()) + location.hash;
    history.replaceState(null, "", address);
  };
  place.addEventListener("input", keep);
  place.querySelector("button")?.addEventListener("click", () => {
    for (const own of selects) own.value = "";
    keep();
  });
  addEventListener("popstate", load);
  place.hidden = false;
  load();
}
