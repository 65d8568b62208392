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

// What can be taken back for a few seconds says so no longer.
for (const box of document.querySelectorAll("[data-undo]")) {
  setTimeout(() => {
    const form = box.querySelector("form");
    if (form?.dataset.sent) return;
    if (form?.contains(document.activeElement)) document.querySelector("main h1, main").focus();
    form?.remove();
    const words = box.querySelector("[data-undo-words]");
    words.textContent = box.dataset.over;
    // The box of what was done stays; one that only was for taking back goes.
    setTimeout(() => (box.matches("[data-focus]") ? words : box).remove(), 5000);
  }, (Number(box.dataset.undo) + 1) * 1000);
}

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
  const search = document.getElementById("search");
  if (search) {
    event.preventDefault();
    search.focus();
  }
});

// What opens over the page closes by Escape, and when one goes elsewhere.
const over = [...document.querySelectorAll(".top-menu, .more-acts")];
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && over.find((it) => it.open && it.contains(document.activeElement));
  if (!opened) return;
  opened.open = false;
  opened.querySelector("summary").focus();
});
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const it of over) if (it.open && !it.contains(event.target)) it.open = false;
  });
}

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

// An open list is told how many there are. What is new is said in a place of its own; no row moves until the person asks.
const list = document.querySelector("[data-events]");
if (list && window.EventSource) {
  const drawn = JSON.parse(list.dataset.drawn);
  const source = new EventSource(list.dataset.events);
  source.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    for (const count of document.querySelectorAll("[data-tab]")) if (count.dataset.tab in now) count.textContent = `(${now[count.dataset.tab]})`;
    const tab = list.dataset.of;
    const come = tab === "unassigned" || tab === "unit" ? now.all - drawn.all : 0;
    const fresh = Math.max(come, (now[tab] ?? 0) - (drawn[tab] ?? 0));
    if (fresh < 1 || list.dataset.said === String(fresh)) return;
    list.dataset.said = String(fresh);
    const link = document.createElement("a");
    link.href = list.dataset.again;
    link.className = "button";
    link.textContent = fresh === 1 ? list.dataset.one : list.dataset.many.replace("#", fresh);
    list.replaceChildren(link);
  });
  source.addEventListener("end", () => source.close());
  window.addEventListener("pagehide", () => source.close());
}

// Passkeys: the form is filled in by the device and then sent as any other.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (it) => it.charCodeAt(0));
const text64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const { challenge, rp, user, login, name, known, passkey } = form.dataset;
  const fill = (field, value) => {
    const input = form.elements[field] || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: field }));
    input.value = value;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const asked = { challenge: new TextEncoder().encode(challenge), userVerification: "required", timeout: 120000 };
    try {
      if (passkey === "create") {
        const made = await navigator.credentials.create({ publicKey: {
          ...asked, rp: { id: rp, name: "Meldeport" }, user: { id: bytes(user), name: login, displayName: name },
          pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
          authenticatorSelection: { residentKey: "required", userVerification: "required" }, attestation: "none",
          excludeCredentials: known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
        } });
        fill("client_data", text64(made.response.clientDataJSON));
        fill("authenticator", text64(made.response.getAuthenticatorData()));
        fill("public_key", text64(made.response.getPublicKey()));
        fill("algorithm", made.response.getPublicKeyAlgorithm());
      } else {
        const shown = await navigator.credentials.get({ publicKey: { ...asked, rpId: rp } });
        fill("credential", text64(shown.rawId));
        fill("client_data", text64(shown.response.clientDataJSON));
        fill("authenticator", text64(shown.response.authenticatorData));
        fill("signature", text64(shown.response.signature));
      }
      form.submit();
    } catch {
      // The person broke it off, or the device has no key for us: the form is still there.
    }
  }, true);
}
