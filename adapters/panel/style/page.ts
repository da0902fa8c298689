import { css } from 'lit'

/** The frame of the panel, and what its pages are made of. */
export const page = css`
  html { background: var(--ground); color: var(--ink); font: 15px/1.5 var(--font); -webkit-text-size-adjust: 100%; scrollbar-gutter: stable; }
  body { margin: 0; }
  h1, h2, h3, p, dl, dd, ul, ol, pre, figure, fieldset { margin: 0; padding: 0; }
  fieldset { border: 0; min-width: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: 1.375rem; font-weight: 620; letter-spacing: -.015em; line-height: 1.25; }
  h2 { font-size: .95rem; font-weight: 620; letter-spacing: -.005em; }
  h3 { font-size: .8125rem; font-weight: 600; color: var(--ink-2); }
  a { color: var(--accent); text-underline-offset: 3px; }
  wallbus-panel { display: block; min-height: 100dvh; }

  .frame { display: grid; grid-template-columns: 216px minmax(0, 1fr); min-height: 100dvh; }
  .rail { position: sticky; top: 0; height: 100dvh; display: flex; flex-direction: column; gap: 2px; padding: 20px 12px; border-right: 1px solid var(--line); background: var(--surface); }
  .brand { display: flex; align-items: center; gap: 10px; padding: 0 10px 20px; font-weight: 640; letter-spacing: -.01em; min-width: 0; }
  .brand svg { width: 26px; height: 26px; flex: none; }
  .rail a { display: flex; align-items: center; gap: 11px; min-height: 38px; padding: 0 10px; border-radius: var(--radius-small); color: var(--ink-2); font-size: .875rem; font-weight: 530; text-decoration: none; }
  .rail a:hover { background: var(--hover); color: var(--ink); }
  .rail a[aria-current] { background: var(--accent-soft); color: var(--ink); }
  .rail a[aria-current] svg { color: var(--accent); }
  .rail nav { display: grid; gap: 2px; }
  .rail .count { margin-left: auto; min-width: 20px; padding: 0 6px; border-radius: 10px; background: var(--warn-soft); color: var(--warn); font-size: .75rem; text-align: center; }
  .rail .foot { margin-top: auto; display: grid; gap: 10px; padding: 10px; font-size: .8125rem; color: var(--ink-2); }
  .rail .foot .row { justify-content: space-between; }
  main { padding: 28px 32px 64px; max-width: 1240px; width: 100%; min-width: 0; outline: none; }
  .top { display: flex; flex-wrap: wrap; align-items: end; gap: 12px 20px; margin-bottom: 22px; }
  .top p { color: var(--ink-2); font-size: .875rem; }
  .top .grow { flex: 1; }
  .banner { position: sticky; top: 0; z-index: 20; display: flex; gap: 10px; align-items: center; padding: 9px 32px; background: var(--warn-soft); color: var(--warn); font-size: .875rem; font-weight: 550; border-bottom: 1px solid var(--line); }

  .card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); padding: 20px; min-width: 0; }
  .card + .card { margin-top: 16px; }
  .card > header { display: flex; align-items: center; flex-wrap: wrap; gap: 8px 12px; margin-bottom: 14px; }
  .card > header .grow { flex: 1; }
  .card.flush { position: relative; padding: 0; overflow: hidden; }
  .card.flush > header { padding: 16px 20px; margin: 0; border-bottom: 1px solid var(--line); }
  .grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); align-items: start; }
  .two { display: grid; gap: 16px; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; }
  .two > .card + .card { margin-top: 0; }
  .stack > .card + .card { margin-top: 0; }
  .stack { display: grid; gap: 16px; min-width: 0; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; min-width: 0; }
  .row.end { justify-content: flex-end; }
  .fields { display: grid; gap: 16px 20px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); }
  .filters { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; }
  .filters .field { min-width: 140px; flex: 0 1 176px; }
  .quiet-text { color: var(--ink-2); font-size: .8125rem; overflow-wrap: anywhere; }
  .empty { padding: 36px 20px; text-align: center; color: var(--ink-2); font-size: .875rem; }
  .empty svg { display: block; margin: 0 auto 10px; width: 28px; height: 28px; color: var(--ink-3); }
  .note { padding: 11px 14px; border-radius: var(--radius-small); background: var(--sunken); font-size: .8125rem; color: var(--ink-2); overflow-wrap: anywhere; }
  .note.bad { background: var(--bad-soft); color: var(--bad); }
  .note.warn { background: var(--warn-soft); color: var(--warn); }
  .note.good { background: var(--accent-soft); color: var(--ink); }
  .note strong { font-weight: 600; }

  .tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--line); margin-bottom: 20px; overflow-x: auto; scrollbar-width: none; }
  .tabs a { padding: 9px 12px; margin-bottom: -1px; border-bottom: 2px solid transparent; color: var(--ink-2); font-size: .875rem; font-weight: 530; text-decoration: none; white-space: nowrap; }
  .tabs a:hover { color: var(--ink); }
  .tabs a[aria-current] { color: var(--ink); border-color: var(--accent); }
  .tabs a:focus-visible { outline-offset: -2px; }

  .table { overflow-x: auto; outline-offset: -2px; }
  table { width: 100%; border-collapse: collapse; font-size: .8438rem; }
  th { text-align: left; font-weight: 550; font-size: .75rem; color: var(--ink-3); padding: 10px 14px; border-bottom: 1px solid var(--line); white-space: nowrap; }
  td { padding: 10px 14px; border-bottom: 1px solid var(--line); vertical-align: middle; max-width: 320px; overflow-wrap: break-word; }
  td.clip { overflow-wrap: normal; }
  tbody tr:last-child td, tbody tr:last-child th { border-bottom: 0; }
  tbody th { font-size: .8438rem; color: var(--ink); }
  th.right, td.right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  tr.link { cursor: pointer; }
  tr.link:hover td, tr.link:hover th { background: var(--hover); }
  dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 18px; font-size: .8438rem; }
  dl.facts dt { color: var(--ink-3); }
  dl.facts dd { overflow-wrap: anywhere; }

  .badge { display: inline-flex; align-items: center; gap: 6px; padding: 1px 9px; border-radius: 20px; background: var(--sunken); color: var(--ink-2); font-size: .75rem; font-weight: 550; white-space: nowrap; }
  .badge.good { background: var(--accent-soft); color: var(--ink); }
  .badge.warn { background: var(--warn-soft); color: var(--warn); }
  .badge.bad { background: var(--bad-soft); color: var(--bad); }
  .badge svg { width: .9em; height: .9em; }

  dialog { width: min(480px, calc(100vw - 32px)); padding: 24px; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--ink); box-shadow: var(--shadow-high); }
  dialog.wide { width: min(720px, calc(100vw - 32px)); }
  dialog::backdrop { background: rgb(8 12 10 / 45%); }
  dialog h2 { margin-bottom: 8px; font-size: 1.05rem; }
  pre, .code { font: .8125rem/1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
  textarea.code { white-space: pre; overflow: auto; overflow-wrap: normal; resize: vertical; }
  .skip { position: absolute; left: -999px; }
  .skip:focus { left: 12px; top: 12px; z-index: 99; padding: 8px 14px; background: var(--surface); border-radius: 8px; }

  @media (max-width: 860px) {
    .frame { display: block; padding-bottom: calc(62px + env(safe-area-inset-bottom)); }
    .rail a span { max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
    .rail { position: fixed; inset: auto 0 0; z-index: 30; height: auto; flex-direction: row; padding: 4px 6px calc(4px + env(safe-area-inset-bottom)); border-right: 0; border-top: 1px solid var(--line); overflow-x: auto; }
    .rail .brand, .rail .foot { display: none; }
    .rail nav { display: flex; flex: 1; gap: 0; }
    .rail a { flex: 1 1 0; flex-direction: column; justify-content: center; gap: 2px; min-height: 52px; min-width: 58px; padding: 4px 1px; font-size: .64rem; position: relative; }
    .rail a svg { width: 20px; height: 20px; }
    .rail .count { position: absolute; top: 3px; right: calc(50% - 24px); margin: 0; min-width: 16px; padding: 0 4px; font-size: .625rem; }
    main { padding: 18px 16px 40px; }
    .banner { padding: 9px 16px; }
    .two { grid-template-columns: minmax(0, 1fr); }
    .card { padding: 16px; }
    .card.flush > header { padding: 14px 16px; }
    td, th { padding-left: 8px; padding-right: 8px; }
    .filters .field { flex: 1 1 140px; }
    .button { min-height: 42px; }
    .button.icon-only { width: 42px; }
    .button.small { min-height: 36px; }
  }
  @media (min-width: 861px) { .phone-only { display: none; } }
`
