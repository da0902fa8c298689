import { css } from 'lit'

/** How a charger element looks. */
export const chargerStyle = css`
  :host { display: block; font: 15px/1.5 var(--font); color: var(--ink); container-type: inline-size; }
  :host([hidden]) { display: none; }
  h2, p, dl, dd { margin: 0; padding: 0; }
  article { display: grid; gap: 16px; padding: 20px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); box-shadow: var(--shadow); }
  header { display: flex; align-items: flex-start; gap: 12px; min-width: 0; }
  header .names { flex: 1; min-width: 0; }
  h2 { font-size: 1rem; font-weight: 620; letter-spacing: -.01em; line-height: 1.35; }
  .state { display: flex; align-items: center; gap: 7px; margin-top: 3px; font-size: .8438rem; font-weight: 550; color: var(--ink-2); }
  .state .icon { width: 1.2em; height: 1.2em; }
  .state[data-tone='active'] { color: var(--accent); } .state[data-tone='active'] .icon { fill: currentcolor; }
  .state[data-tone='wait'] { color: var(--warn); }
  .state[data-tone='bad'] { color: var(--bad); }
  .instrument { display: grid; gap: 8px; }
  .reading { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; }
  .reading .big { font-size: 2.5rem; font-weight: 560; letter-spacing: -.035em; line-height: 1; font-variant-numeric: tabular-nums; }
  .reading .side { font-size: 1.125rem; font-weight: 550; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
  .reading [data-unknown] { color: var(--ink-3); font-weight: 400; }
  .unit { font-size: .9rem; font-weight: 500; color: var(--ink-3); letter-spacing: 0; margin-left: .2em; }
  .gauge { display: block; width: 100%; height: 40px; overflow: visible; }
  .gauge .track { fill: var(--sunken); stroke: var(--line); stroke-width: 1; }
  .gauge .fill { fill: var(--accent); transition: width .4s; }
  .gauge .told { stroke: var(--ink); stroke-width: 2.5; stroke-linecap: round; }
  .gauge .wanted { stroke: var(--warn); stroke-width: 2; stroke-dasharray: 3 3; }
  .gauge text { font: 11px var(--font); fill: var(--ink-3); font-variant-numeric: tabular-nums; }
  .holder { font-size: .8125rem; color: var(--ink-2); overflow-wrap: anywhere; }
  .holder .waits { display: block; color: var(--warn); }
  .figures { display: grid; grid-template-columns: minmax(0, .95fr) minmax(0, .8fr) minmax(0, 1.1fr); gap: 1px; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--line); overflow: hidden; }
  .figures div { padding: 9px 10px; background: var(--surface); min-width: 0; }
  .figures dt { font-size: .6875rem; color: var(--ink-3); font-weight: 500; }
  .figures dd { font-size: .9rem; font-weight: 560; font-variant-numeric: tabular-nums; }
  .fault { padding: 10px 12px; border-radius: var(--radius-small); background: var(--bad-soft); color: var(--bad); font-size: .8125rem; overflow-wrap: anywhere; }
  .controls { display: grid; gap: 12px; }
  .controls .button.large { width: 100%; }
  .why { margin-top: 6px; font-size: .75rem; color: var(--ink-2); }
  .slider { display: grid; grid-template-columns: auto minmax(0, 1fr) 84px; gap: 12px; align-items: center; }
  .slider .box { position: relative; }
  .slider .box input { padding-right: 1.7em; text-align: right; }
  .slider .box input { appearance: textfield; } .slider .box input::-webkit-inner-spin-button { appearance: none; margin: 0; }
  .slider .box span { position: absolute; right: .65em; top: 50%; transform: translateY(-50%); color: var(--ink-3); font-size: .8125rem; pointer-events: none; }
  input[type='range'] { appearance: none; width: 100%; height: 28px; margin: 0; background: transparent; cursor: pointer; }
  input[type='range']::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--line-strong); }
  input[type='range']::-moz-range-track { height: 4px; border-radius: 2px; background: var(--line-strong); }
  input[type='range']::-webkit-slider-thumb { appearance: none; width: 20px; height: 20px; margin-top: -8px; border: 5px solid var(--accent); border-radius: 50%; background: var(--surface); box-shadow: 0 1px 3px rgb(0 0 0 / 25%); }
  input[type='range']::-moz-range-thumb { width: 10px; height: 10px; border: 5px solid var(--accent); border-radius: 50%; background: var(--surface); }
  input[type='range']:disabled { opacity: .5; }
  input[type='range']:disabled { cursor: not-allowed; }
  .more { display: grid; gap: 8px; padding-top: 14px; border-top: 1px solid var(--line); }
  .more[hidden] { display: none; }
  .more .row { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
  .more .button { white-space: normal; padding: 6px 10px; font-size: .8125rem; }
  .stale { color: var(--warn); font-size: .8125rem; font-weight: 550; }
  article[data-stale] .instrument, article[data-stale] .figures, article[data-stale] .state { opacity: .6; filter: saturate(0); }
  dialog { width: min(420px, calc(100vw - 32px)); padding: 22px; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--ink); box-shadow: var(--shadow-high); }
  dialog::backdrop { background: rgb(8 12 10 / 45%); }
  dialog h3 { margin: 0 0 6px; font-size: 1rem; } dialog p { font-size: .875rem; color: var(--ink-2); }
  dialog .row { display: flex; justify-content: flex-end; gap: 8px; margin-top: 18px; }
  @container (max-width: 300px) { .figures { grid-template-columns: 1fr; } .more .row { grid-template-columns: 1fr; } .slider { grid-template-columns: 1fr 84px; } .slider label { grid-column: 1 / -1; } }
`
