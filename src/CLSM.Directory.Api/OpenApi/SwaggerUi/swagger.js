// What Swagger UI leaves out for who reads with a screen reader (WCAG 2.2 AA, 1.3.1 and 4.1.2).
(() => {
  const names = [
    ['select#servers', 'Server'],
    ['.opblock-body select:not([aria-label])', 'Choice'],
    ['textarea:not([aria-label])', 'Body of the request'],
    ['.examples-select-element', 'Example'],
  ];

  const mend = () => {
    const page = document.getElementById('swagger-ui');
    for (const [selector, name] of [['.information-container', 'CLSM Directory'], ['.scheme-container', 'Server']]) {
      for (const part of page.querySelectorAll(selector)) {
        part.setAttribute('role', 'region');
        part.setAttribute('aria-label', name);
      }
    }
    for (const [selector, name] of names) {
      for (const element of page.querySelectorAll(selector)) element.setAttribute('aria-label', name);
    }
    for (const row of page.querySelectorAll('tr[data-param-name]')) {
      for (const field of row.querySelectorAll('input, select, textarea')) field.setAttribute('aria-label', row.dataset.paramName);
    }
    for (const table of page.querySelectorAll('table[role="region"]')) table.setAttribute('aria-label', table.id);
    // Headings of Swagger UI skip levels.
    const levels = { 'h3.opblock-tag': 2, '.models > h4': 2, '.opblock-section-header h4': 3, '.responses-inner h4': 3, '.responses-inner h5': 4, '.opblock-title': 3, '.request-url h4': 4, '.curl-command h4': 4 };
    for (const [selector, level] of Object.entries(levels)) {
      for (const heading of page.querySelectorAll(selector)) {
        heading.setAttribute('role', 'heading');
        heading.setAttribute('aria-level', level);
      }
    }
    for (const scrolled of page.querySelectorAll('pre, .highlight-code > *, .table-container')) scrolled.tabIndex = 0;
  };

  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; mend(); });
  };
  addEventListener('DOMContentLoaded', () => new MutationObserver(later).observe(document.getElementById('swagger-ui'), { childList: true, subtree: true }));
})();
