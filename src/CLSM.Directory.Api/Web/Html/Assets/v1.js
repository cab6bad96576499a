/* CLSM Directory, web component v1. <clsm-council council="grenoble"> or <clsm-council commune="57463">. No cookie, no tracker, no dependency. */
(() => {
  "use strict";
  if (!("customElements" in window) || customElements.get("clsm-council")) return;

  const script = document.currentScript;
  const home = script && script.src ? script.src.replace(/\/embed\/v1\.js.*$/, "") : "";
  const places = ["commune", "department", "region", "epci", "near", "radius"];
  const keep = 50;

  const words = {
    fr: {
      contact: "Contact", bodies: "Instances", groups: "Groupes de travail", territory: "Territoire", website: "Site web", telephone: "Téléphone", email: "Courriel",
      none: "Aucun contact public n’est connu de l’annuaire.", empty: "L’annuaire ne connaît aucun conseil qui couvre ce territoire. Il en ignore peut-être un.",
      councils: "Conseils locaux de santé mentale", window: "(nouvelle fenêtre)", from: "Données de", updated: "mises à jour le", licence: "Licence Ouverte 2.0", all: "Tous les conseils",
      stale: "L’annuaire ne répond pas ; voici ce qu’il disait le", colon: " :", loading: "Chargement…", gone: "Ce conseil n’est plus dans l’annuaire.", unknown: "Ce conseil n’est pas dans l’annuaire.",
      statuses: { project: "En projet", prefiguration: "En préfiguration", paused: "En pause", closed: "Clos", merged: "Fusionné", unknown: "Inconnu" },
    },
    en: {
      contact: "Contact", bodies: "Governance bodies", groups: "Working groups", territory: "Territory", website: "Website", telephone: "Telephone", email: "E-mail",
      none: "The directory knows of no public contact.", empty: "The directory knows of no council that covers this territory. There may be one that it does not know.",
      councils: "Local mental health councils", window: "(new window)", from: "Data from", updated: "updated on", licence: "Open Licence 2.0", all: "All councils",
      stale: "The directory does not answer; this is what it said on", colon: ":", loading: "Loading…", gone: "This council is no longer in the directory.", unknown: "This council is not in the directory.",
      statuses: { project: "Planned", prefiguration: "In preparation", paused: "Paused", closed: "Closed", merged: "Merged", unknown: "Unknown" },
    },
  };

  const style = `
:host { display: block; color-scheme: inherit; --_ink: var(--clsm-ink, #1a2433); --_soft: var(--clsm-soft, #4d5b6e); --_paper: var(--clsm-paper, #fff); --_panel: var(--clsm-panel, #f3f6fa); --_line: var(--clsm-line, #cfd8e3); --_accent: var(--clsm-accent, #0b4f8a); }
:host([hidden]) { display: none; }
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { --_ink: var(--clsm-ink, #e8edf4); --_soft: var(--clsm-soft, #b0bccb); --_paper: var(--clsm-paper, #131a24); --_panel: var(--clsm-panel, #1c2634); --_line: var(--clsm-line, #3a4759); --_accent: var(--clsm-accent, #8cc4ff); } }
:host([theme="dark"]) { --_ink: var(--clsm-ink, #e8edf4); --_soft: var(--clsm-soft, #b0bccb); --_paper: var(--clsm-paper, #131a24); --_panel: var(--clsm-panel, #1c2634); --_line: var(--clsm-line, #3a4759); --_accent: var(--clsm-accent, #8cc4ff); }
* { box-sizing: border-box; }
.card { padding: var(--clsm-padding, 1rem); border: 1px solid var(--_line); border-radius: var(--clsm-radius, .5rem); background: var(--_paper); color: var(--_ink); font: var(--clsm-font, 1rem/1.5 system-ui, sans-serif); overflow-wrap: anywhere; }
h2, h3 { margin: 0 0 .5rem; line-height: 1.25; font-size: 1.05rem; }
h2.title { font-size: 1.3rem; }
h3.sub { margin-top: 1rem; padding-top: .75rem; border-top: 1px solid var(--_line); }
p { margin: 0 0 .25rem; }
ul { margin: 0; padding: 0; list-style: none; }
li + li { margin-top: .5rem; }
a { color: var(--_accent); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.soft, footer { color: var(--_soft); font-size: .9rem; }
.contact { padding: .5rem .75rem; border-radius: .375rem; background: var(--_panel); border-inline-start: 4px solid var(--_accent); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 1rem; padding-top: .5rem; border-top: 1px solid var(--_line); }
.notice { padding: .5rem .75rem; margin-bottom: .75rem; border-radius: .375rem; border: 1px solid currentColor; }`;

  /* Every text goes in as text: there is no way from data to markup here. */
  const make = (name, options, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(options || {})) if (value !== undefined && value !== null) element.setAttribute(key, value);
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };

  const webAddress = (text) => {
    try {
      const address = new URL(text);
      return /^https?:$/.test(address.protocol) && !address.username && !address.password ? address.href : null;
    } catch {
      return null;
    }
  };

  const readable = (phone) => (/^\+33\d{9}$/.test(phone) ? ("0" + phone.slice(3)).replace(/(..)(?=.)/g, "$1 ") : phone);

  const dayOf = (text, language) => {
    const day = new Date(text);
    return isNaN(day) ? "" : day.toLocaleDateString(language === "en" ? "en-GB" : "fr-FR", { day: "numeric", month: "long", year: "numeric" });
  };

  class ClsmCouncil extends HTMLElement {
    static get observedAttributes() {
      return ["council", ...places, "lang", "directory"];
    }

    connectedCallback() {
      this.refresh();
    }

    attributeChangedCallback() {
      if (this.isConnected) this.refresh();
    }

    disconnectedCallback() {
      if (this.request) this.request.abort();
    }

    get language() {
      const near = this.closest("[lang]");
      return (near ? near.lang : document.documentElement.lang).toLowerCase().startsWith("en") ? "en" : "fr";
    }

    get directory() {
      return (webAddress(this.getAttribute("directory") || home) || "").replace(/\/+$/, "");
    }

    get query() {
      const query = new URLSearchParams();
      for (const place of places) if (this.getAttribute(place)) query.set(place, this.getAttribute(place));
      return query;
    }

    refresh() {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.load().catch(() => this.fall()), 0);
    }

    async load() {
      const council = this.getAttribute("council");
      const query = this.query;
      if (!this.directory || (!council && ![...query].length)) return this.fall();
      const words = this.page(council, query);
      query.set("limit", keep);
      query.set("expand", "contacts");
      query.set("sort", "name");
      const address = council ? `${this.directory}/v1/councils/${encodeURIComponent(council)}/document` : `${this.directory}/v1/councils?${query}`;
      if (this.request) this.request.abort();
      const request = (this.request = new AbortController());
      const timeout = setTimeout(() => request.abort(), 10000);
      let said, status;
      try {
        const answer = await fetch(address, { signal: request.signal, credentials: "omit", referrerPolicy: "no-referrer", headers: { "Accept-Language": this.language } });
        status = answer.status;
        if (answer.ok) said = await answer.json();
      } catch {
        status = 0;
      } finally {
        clearTimeout(timeout);
      }
      if (request !== this.request) return;
      if (said) {
        this.remember(address, said);
        this.show(said, words);
      } else if (status === 404 || status === 410) {
        this.forget(address);
        this.message(this.words[status === 410 ? "gone" : "unknown"], words);
      } else {
        const last = this.recall(address);
        if (last) this.show(last.said, words, last.on);
        else this.fall();
      }
    }

    get words() {
      return words[this.language];
    }

    page(council, query) {
      return council ? `${this.directory}/embed/councils/${encodeURIComponent(council)}` : `${this.directory}/embed/councils?${query}`;
    }

    /* Only what everybody may read, and only for the day on which the directory does not answer. */
    remember(address, said) {
      try {
        localStorage.setItem(`clsm ${address}`, JSON.stringify({ on: new Date().toISOString(), said }));
      } catch {
        /* A browser may refuse; then there is nothing to fall back to. */
      }
    }

    recall(address) {
      try {
        return JSON.parse(localStorage.getItem(`clsm ${address}`));
      } catch {
        return null;
      }
    }

    forget(address) {
      try {
        localStorage.removeItem(`clsm ${address}`);
      } catch {
        /* As above. */
      }
    }

    /* What the page itself put between the tags: a link, at least. */
    fall() {
      this.root.replaceChildren(make("slot"));
    }

    /* A sheet that is made here needs no leave of the host page's content security policy. */
    get root() {
      if (!this.shadowRoot) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      }
      return this.shadowRoot;
    }

    message(text, page) {
      this.card(make("p", {}, text), this.source(page));
    }

    card(...content) {
      this.root.replaceChildren(make("div", { class: "card", part: "card", lang: this.language }, content));
    }

    show(said, page, staleSince) {
      const w = this.words;
      const notice = staleSince ? make("p", { class: "notice", part: "notice", role: "status" }, `${w.stale} ${dayOf(staleSince, this.language)}.`) : null;
      if (Array.isArray(said.items)) {
        const dates = said.items.map((council) => council.updatedAt).filter(Boolean).sort();
        this.card(
          notice,
          make("h2", { class: "title", part: "title" }, w.councils),
          said.items.length ? make("ul", { part: "list" }, said.items.map((council) => this.item(council))) : make("p", {}, w.empty),
          said.page && said.page.total > said.items.length ? make("p", {}, this.outside(page, `${w.all} (${said.page.total})`)) : null,
          this.source(page, dates[dates.length - 1]));
      } else {
        this.card(notice, this.council(said), this.source(page, said.updatedAt));
      }
    }

    item(council) {
      return make("li", { part: "item" },
        make("h3", { lang: "fr" }, this.outside(this.page(council.code), council.name), this.status(council)),
        this.territory(council),
        this.contacts(council.contacts, true));
    }

    council(council) {
      const w = this.words;
      const named = (list) => make("ul", { part: "list" }, list.map((entry) => make("li", { lang: "fr" }, entry.name)));
      return [
        make("h2", { class: "title", part: "title", lang: "fr" }, council.name, this.status(council)),
        this.territory(council),
        council.website ? make("p", {}, `${w.website}${w.colon} `, this.outside(council.website, council.website.replace(/^https?:\/\/(www\.)?|\/.*$/g, ""))) : null,
        make("h3", { class: "sub", part: "heading" }, w.contact),
        this.contacts(council.contacts),
        council.governanceBodies ? [make("h3", { class: "sub", part: "heading" }, w.bodies), named(council.governanceBodies)] : null,
        council.workingGroups ? [make("h3", { class: "sub", part: "heading" }, w.groups), named(council.workingGroups)] : null,
      ];
    }

    status(council) {
      const label = this.words.statuses[council.status];
      return label ? make("span", { class: "soft", part: "status", lang: this.language }, ` (${label})`) : null;
    }

    territory(council) {
      const territory = council.territory || {};
      const text = territory.label || (territory.parts || []).filter((part) => !part.to).slice(0, 12).map((part) => part.label || part.code).join(", ");
      return text ? make("p", { class: "soft", part: "territory" }, `${this.words.territory}${this.words.colon} `, make("span", { lang: "fr" }, text)) : null;
    }

    contacts(contacts, quiet) {
      const w = this.words;
      if (!contacts || !contacts.length) return quiet ? null : make("p", {}, w.none);
      return make("ul", {}, contacts.map((contact) => make("li", { class: "contact", part: "contact" },
        make("p", { lang: "fr" }, make("strong", {}, contact.label)),
        (contact.phones || []).map((phone) => make("p", {}, `${w.telephone}${w.colon} `, /^\+\d+$/.test(phone) ? make("a", { href: `tel:${phone}` }, readable(phone)) : phone)),
        (contact.emails || []).map((email) => make("p", {}, `${w.email}${w.colon} `, /^[^\s<>"'?&%:]+@[^\s<>"'?&%:]+$/.test(email) ? make("a", { href: `mailto:${email}` }, email) : email)))));
    }

    outside(address, text) {
      const href = webAddress(address);
      return href ? make("a", { href, target: "_blank", rel: "noopener noreferrer", part: "link" }, text, make("span", { class: "hidden", lang: this.language }, ` ${this.words.window}`)) : text;
    }

    source(page, updatedAt) {
      const w = this.words;
      const day = updatedAt ? dayOf(updatedAt, this.language) : "";
      return make("footer", { part: "source" }, `${w.from} `, this.outside(page, "CLSM Directory"), day ? `, ${w.updated} ${day}` : "", ` · ${w.licence}`);
    }
  }

  customElements.define("clsm-council", ClsmCouncil);
})();
