// Runs before anything is painted: sets the look that the reader chose, and then mounts
// the modules that the page asks for by `data-module`. A classic script, since browsers
// refuse modules to a page that is opened from the disk.
"use strict";
(() => {
  const page = document.documentElement;
  try {
    page.dataset.look = localStorage.getItem("look") || "system";
  } catch {
    page.dataset.look = "system"; // The reader lets no site keep anything.
  }
  if (location.protocol === "file:") return;
  const base = new URL(".", document.currentScript.src);
  addEventListener("DOMContentLoaded", () => {
    for (const place of document.querySelectorAll("[data-module]")) {
      const address = new URL(`${place.dataset.module}.js`, base);
      import(address.href).then((module) => module.mount(place));
    }
  });
})();
