// Comfort only: every page works without this file.
"use strict";

// A form is sent once; the second click of a double click is swallowed here, and answered alike by the server.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

// What has just happened is read first.
const said = document.querySelector("[data-focus]");
if (said) said.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const label of document.querySelectorAll("[data-shows]")) {
  label.hidden = false;
  label.querySelector("input").addEventListener("change", (event) => {
    for (const id of label.dataset.shows.split(" ")) {
      document.getElementById(id).type = event.target.checked ? "text" : "password";
    }
  });
}

for (const select of document.querySelectorAll(".filters select")) {
  select.addEventListener("keydown", (event) => {
    if (event.key === "Enter") select.form.requestSubmit();
  });
}

// "/" goes to the search, as in many other programs; never while somebody writes.
document.addEventListener("keydown", (event) => {
  const writes = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key !== "/" || writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.getElementById("reference");
  if (search) {
    event.preventDefault();
    search.focus();
  }
});

// Two minutes before the session ends for want of use, the person is told and can stay.
const idle = Number(document.body.dataset.idleSeconds || 0);
const ends = document.getElementById("session-ends");
if (idle > 0 && ends) {
  setTimeout(() => {
    const text = document.createElement("p");
    text.textContent = ends.dataset.text;
    const stay = document.createElement("a");
    stay.className = "button primary";
    stay.href = window.location.pathname + window.location.search;
    stay.textContent = ends.dataset.stay;
    ends.append(text, stay);
    ends.classList.add("shown");
  }, Math.max(idle - 120, 10) * 1000);
}
