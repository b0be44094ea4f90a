// @ts-check
// Buttons that copy: words to say, and a worksheet as Markdown with what is filled in.

/**
 * A filled-in sheet as Markdown.
 * @param {Node} node
 * @returns {string}
 */
export function markdown(node) {
  const text = [...node.childNodes].map(part).join("");
  return text.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim() + "\n";
}

/** @param {Node} node */
function part(node) {
  if (node.nodeType === 3) return (node.textContent ?? "").replace(/\s+/g, " ");
  if (node.nodeType !== 1) return "";
  const element = /** @type {HTMLElement} */ (node);
  const name = element.tagName.toLowerCase();
  const inside = () => [...element.childNodes].map(part).join("");
  const heading = /^h([1-6])$/.exec(name);
  if (heading) return `\n\n${"#".repeat(Number(heading[1]))} ${inside().trim()}\n\n`;
  switch (name) {
    case "input": {
      const input = /** @type {HTMLInputElement} */ (element);
      if (input.type === "checkbox") return input.checked ? "[x] " : "[ ] ";
      return input.value || (element.closest("td") ? " " : "____________");
    }
    case "button":
      return "";
    case "br":
      return "\n";
    case "strong":
      return `**${inside()}**`;
    case "em":
      return `*${inside()}*`;
    case "code":
      return `\`${inside()}\``;
    case "li": {
      const ordered = element.parentElement?.tagName === "OL";
      return `\n${ordered ? "1." : "-"} ${inside().trim()}`;
    }
    case "tr":
      return row(element);
    case "p":
    case "ul":
    case "ol":
    case "table":
    case "blockquote":
      return `\n\n${inside().trim()}\n\n`;
    default:
      return inside();
  }
}

/** @param {HTMLElement} element */
function row(element) {
  const cells = [...element.children].map((cell) => [...cell.childNodes].map(part).join(""));
  const line = `| ${cells.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |\n`;
  const head = element.parentElement?.tagName === "THEAD";
  return head ? `${line}|${"---|".repeat(cells.length)}\n` : line;
}

/**
 * @param {HTMLElement} place holds the words of the button; `data-copy` is "quotes" for a
 *   button at each quotation, or the selector of what is copied as Markdown
 */
export function mount(place) {
  const { copy = "", label = "", done = "" } = place.dataset;
  if (copy === "quotes") {
    const headings = [...document.querySelectorAll(".body h2[id^=say-it]")];
    for (const quote of headings.flatMap(quotes)) {
      quote.append(copier(label, done, () => markdown(quote).trim()));
    }
    return;
  }
  const sheet = document.querySelector(copy);
  if (!sheet) return;
  const print = button(place.dataset.print ?? "", () => window.print());
  place.append(copier(label, done, () => markdown(sheet)), print);
}

/**
 * The quotations between a heading and the next.
 * @param {Element} heading
 */
function quotes(heading) {
  const found = [];
  for (let next = heading.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.tagName === "H2") break;
    if (next instanceof HTMLQuoteElement || next.tagName === "BLOCKQUOTE") found.push(next);
  }
  return /** @type {HTMLElement[]} */ (found);
}

/**
 * A button that copies, and says that it did.
 * @param {string} label
 * @param {string} done
 * @param {() => string} text
 */
function copier(label, done, text) {
  const made = button(label, async () => {
    await navigator.clipboard.writeText(text());
    made.textContent = done;
    made.addEventListener("blur", () => (made.textContent = label), { once: true });
  });
  return made;
}

/**
 * @param {string} label
 * @param {() => void} click
 */
function button(label, click) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", click);
  return made;
}
