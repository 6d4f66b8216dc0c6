// Comforts only: every page works without this file.

// A menu opened by <details> closes when one looks elsewhere or presses Escape.
const menus = "details.account[open], details[data-menu][open]";

addEventListener("click", event => {
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(menus)) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// One press sends a form once.
addEventListener("submit", event => {
  const form = event.target;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.setAttribute("aria-busy", "true");
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// <form method="get" data-live="id …">: as values change, the named elements are taken anew from the page that
// the form would lead to. The address follows, so that a reload or a link shows the same.
const waiting = new WeakMap();

addEventListener("input", event => {
  const form = event.target.form;
  if (!form?.dataset.live || form.method !== "get") return;
  clearTimeout(waiting.get(form)?.timer);
  waiting.get(form)?.request?.abort();
  const request = new AbortController();
  waiting.set(form, { request, timer: setTimeout(() => refresh(form, request.signal), 250) });
});

async function refresh(form, signal) {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form)).toString();
  const targets = form.dataset.live.split(" ").map(id => document.getElementById(id)).filter(Boolean);
  for (const target of targets) target.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const target of targets) {
      const fresh = page.getElementById(target.id);
      if (fresh) target.replaceWith(document.adoptNode(fresh));
    }
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  } finally {
    for (const target of targets) target.removeAttribute("aria-busy");
  }
}

// A button that asks the browser to print, shown only where a script can.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
