import { css, unsafeCSS } from 'lit'

const light = `
  color-scheme: light;
  --ground: #f4f5f4; --surface: #ffffff; --raised: #ffffff; --sunken: #ebedeb; --hover: #eff1ef;
  --line: #dde0dd; --line-strong: #8b938e;
  --ink: #171b19; --ink-2: #4b544f; --ink-3: #626b66;
  --accent: #0a7256; --accent-ink: #ffffff; --accent-soft: #e0f1ea; --accent-hover: #075c45;
  --warn: #8f5600; --warn-soft: #fbf0dc; --bad: #b3261e; --bad-soft: #fbe9e7; --bad-hover: #8f1d17;
  --shadow: 0 1px 2px rgb(20 30 25 / 5%), 0 4px 16px rgb(20 30 25 / 4%);
  --shadow-high: 0 8px 40px rgb(20 30 25 / 18%);
`
const dark = `
  color-scheme: dark;
  --ground: #0e1110; --surface: #161a18; --raised: #1d2220; --sunken: #0a0d0c; --hover: #1f2422;
  --line: #262c29; --line-strong: #6b746f;
  --ink: #eef1ef; --ink-2: #b3bcb7; --ink-3: #919b96;
  --accent: #43cf9f; --accent-ink: #05231a; --accent-soft: #12332a; --accent-hover: #6bdcb5;
  --warn: #e5b062; --warn-soft: #32270f; --bad: #ff8f85; --bad-soft: #3a1917; --bad-hover: #ffb3ac;
  --shadow: 0 1px 2px rgb(0 0 0 / 30%);
  --shadow-high: 0 8px 40px rgb(0 0 0 / 60%);
`

/** Colours, sizes and type, for the document and for elements that stand alone. */
export const tokens = css`
  :root, :host { ${unsafeCSS(light)} --radius: 12px; --radius-small: 8px; --font: Inter, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, Cantarell, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif; --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
  @media (prefers-color-scheme: dark) { :root:not([data-theme]), :host(:not([theme])), :host([theme='auto']) { ${unsafeCSS(dark)} } }
  :root[data-theme='dark'], :host([theme='dark']) { ${unsafeCSS(dark)} }
  :root[data-theme='light'], :host([theme='light']) { ${unsafeCSS(light)} }
`
