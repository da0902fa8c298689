import { css } from 'lit'

/** What single pages need beside the common parts. */
export const pages = css`
  .login { min-height: 100dvh; max-width: none; display: grid; place-content: center; justify-items: center; gap: 20px; grid-template-columns: minmax(0, 380px); padding: 24px 16px; }
  .login .card { width: 100%; display: grid; gap: 18px; padding: 28px; }
  .login .brand { padding: 0; }
  .preferences { flex-wrap: nowrap; }
  .preferences .segments button { min-height: 28px; min-width: 26px; padding: 0 .3em; }
  main .preferences .segments button { min-height: 36px; min-width: 44px; }
  .preferences .segments svg { display: block; margin: auto; }

  .state { display: inline-flex; align-items: center; gap: 7px; color: var(--ink-2); white-space: nowrap; }
  .state[data-tone='active'] { color: var(--accent); font-weight: 550; } .state[data-tone='active'] svg { fill: currentcolor; }
  .state[data-tone='wait'] { color: var(--warn); } .state[data-tone='bad'] { color: var(--bad); font-weight: 550; }
  .single { max-width: 460px; }
  tbody th a { color: inherit; text-decoration: none; font-weight: 570; }
  tbody th a:hover { text-decoration: underline; }
  p.row[data-center] { justify-content: center; padding-bottom: 20px; }
  .filters .segments { flex: 0 1 auto; overflow-x: auto; }

  .rows > li { display: flex; gap: 14px; align-items: flex-start; padding: 16px 20px; border-bottom: 1px solid var(--line); min-width: 0; }
  .rows > li:last-child { border-bottom: 0; }
  .rows .grow, .connect .grow { flex: 1; min-width: 0; display: grid; gap: 6px; align-content: start; }
  .connect { display: flex; gap: 20px; margin-top: 14px; align-items: flex-start; }
  .connect .grow { gap: 12px; }
  .qr { width: 132px; height: 132px; flex: none; border-radius: 8px; border: 1px solid var(--line); }
  .url { padding: 10px 12px; border-radius: var(--radius-small); background: var(--sunken); font: .875rem/1.4 var(--mono); overflow-wrap: anywhere; user-select: all; }
  .url code { font: inherit; }
  dl.facts.wide { display: flex; flex-wrap: wrap; gap: 4px 26px; }
  dl.facts.wide dt { font-size: .6875rem; }
  .detail { padding: 14px; margin-top: 8px; border-radius: var(--radius-small); background: var(--ground); border: 1px solid var(--line); }
  .detail h3 { margin-bottom: 6px; }
  .tree .tree { padding-left: 12px; border-left: 1px solid var(--line); }

  .editor { display: grid; grid-template-columns: 200px minmax(0, 1fr); gap: 20px; align-items: start; }
  .picker { display: grid; gap: 10px; position: sticky; top: 16px; }
  .picker ul { display: grid; gap: 2px; max-height: calc(100dvh - 160px); overflow-y: auto; padding: 3px; margin: -3px; }
  .picker .button.quiet { width: 100%; justify-content: space-between; font-weight: 500; }
  .picker .button[aria-current] { background: var(--accent-soft); color: var(--ink); }
  .fill input { width: 92px; min-height: 30px; }
  table.objects td, table.objects tbody th { padding-top: 5px; padding-bottom: 5px; font-weight: 500; }
  table.objects tbody th { min-width: 150px; }
  input.address { width: 112px; min-height: 32px; }
  table .fault, table .warning { display: block; max-width: 240px; margin-top: 3px; font-size: .75rem; } table .fault { color: var(--bad); } table .warning { color: var(--warn); }
  table.tags td { padding: 6px 8px; min-width: 120px; } table.tags td:last-child, table.tags td:nth-last-child(2) { min-width: 0; }
  .apply { position: sticky; bottom: 0; z-index: 10; display: grid; gap: 10px; margin: 20px -4px 0; padding: 12px 16px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: var(--shadow-high); }
  .apply .grow { flex: 1; }
  .apply details ul { display: grid; gap: 4px; margin-top: 8px; max-height: 30dvh; overflow-y: auto; }
  summary { cursor: pointer; font-weight: 550; }
  .file { display: flex; max-height: 62dvh; overflow: auto; background: var(--surface); }
  .file .lines { flex: none; min-width: 46px; padding: 10px 10px 10px 0; text-align: right; color: var(--ink-3); background: var(--ground); border-right: 1px solid var(--line); user-select: none; height: max-content; min-height: 100%; white-space: pre; }
  .file .lines .bad { background: var(--bad-soft); color: var(--bad); font-weight: 600; } .file .lines .warn { background: var(--warn-soft); color: var(--warn); }
  .file textarea { flex: 1; min-width: 0; padding: 10px 12px; border: 0; border-radius: 0; overflow: auto hidden; resize: none; background: transparent; height: max-content; font-size: .8125rem; outline-offset: -2px; }
  .told { border-top: 1px solid var(--line); max-height: 30dvh; overflow-y: auto; }
  .told li { display: flex; gap: 8px; align-items: baseline; padding: 4px 14px; font-size: .8125rem; overflow-wrap: anywhere; } .told .bad { color: var(--bad); } .told .warn { color: var(--warn); }
  .pad { padding: 16px 20px; } .pad-top { margin-top: 16px; }

  tr.sum th, tr.sum td { background: var(--ground); font-weight: 600; font-size: .8438rem; color: var(--ink); }
  td.bar { width: 34%; } td.bar svg { display: block; width: 100%; height: 6px; } td.bar rect { fill: var(--accent); opacity: .75; }
  .plots { display: grid; gap: 22px; }
  .plots[hidden] { display: none; }
  figure { min-width: 0; }
  figcaption { font-size: .8125rem; font-weight: 600; color: var(--ink-2); margin-bottom: 4px; }
  line-plot { display: block; min-width: 0; touch-action: pan-y; }
  line-plot .u-over { touch-action: pan-y; }
  line-plot .u-legend { font: .75rem var(--font); color: var(--ink-2); text-align: left; } line-plot .u-legend th { padding: 0; border: 0; color: inherit; font-size: inherit; } line-plot .u-legend td { border: 0; padding: 0 10px 0 4px; font-variant-numeric: tabular-nums; max-width: none; }
  line-plot .u-select { background: var(--accent); opacity: .15; }
  line-plot .u-cursor-x { border-color: var(--ink-3); }

  .log { max-height: 64dvh; overflow-y: auto; outline-offset: -2px; }
  .log li { display: grid; grid-template-columns: 84px 18px minmax(0, 1fr); gap: 8px; padding: 6px 20px; border-bottom: 1px solid var(--line); font-size: .8125rem; }
  .log .number { color: var(--ink-3); }
  .log .way { color: var(--accent); font-weight: 700; } .log li[data-from='central'] .way { color: var(--ink-3); }
  .log summary { font-weight: 400; overflow-wrap: anywhere; } .log details[open] summary { color: var(--ink-3); }
  .log code { font: .78125rem/1.5 var(--mono); overflow-wrap: anywhere; }

  @media (max-width: 860px) {
    .editor { grid-template-columns: minmax(0, 1fr); }
    .picker { position: static; } .picker ul { display: flex; overflow-x: auto; } .picker li { flex: none; max-width: 200px; }
    .apply { bottom: calc(66px + env(safe-area-inset-bottom)); }
    .connect { flex-direction: column; } .rows > li { padding: 14px 16px; flex-wrap: wrap; } .rows > li > .button { width: 100%; }
    .log li { padding: 6px 14px; grid-template-columns: 64px 14px minmax(0, 1fr); }
    .filters > .segments { width: 100%; }
    .rows .grow { flex: 1 1 100%; }
  }
`
