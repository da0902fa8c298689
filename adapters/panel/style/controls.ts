import { css } from 'lit'

/** Buttons, fields and small parts that look the same everywhere. */
export const controls = css`
  *, *::before, *::after { box-sizing: border-box; }
  button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  svg.icon { width: 1.15em; height: 1.15em; flex: none; fill: none; stroke: currentcolor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

  .button { display: inline-flex; align-items: center; justify-content: center; gap: .5em; min-height: 36px; padding: 0 .9em; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--raised); color: var(--ink); font-weight: 550; font-size: .875rem; text-decoration: none; white-space: nowrap; cursor: pointer; transition: background .12s, border-color .12s; }
  .button:hover:not(:disabled) { background: var(--hover); border-color: var(--line-strong); }
  .button:disabled { color: var(--ink-3); background: transparent; cursor: not-allowed; }
  .button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
  .button.primary:hover:not(:disabled) { background: var(--accent-hover); border-color: var(--accent-hover); }
  .button.primary:disabled { background: var(--sunken); border-color: var(--line); color: var(--ink-3); }
  .button.danger { color: var(--bad); }
  .button.danger:hover:not(:disabled) { background: var(--bad-soft); border-color: var(--bad); }
  .button.quiet { border-color: transparent; background: transparent; color: var(--ink-2); }
  .button.quiet:hover:not(:disabled) { background: var(--hover); color: var(--ink); }
  .button.icon-only { width: 36px; padding: 0; }
  .button.large { min-height: 46px; font-size: .95rem; padding: 0 1.25em; }
  .button.small { min-height: 30px; font-size: .8125rem; padding: 0 .65em; }

  .segments { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 3px; padding: 3px; border-radius: 10px; background: var(--sunken); }
  .segments button { min-height: 34px; border: 0; border-radius: 7px; background: transparent; color: var(--ink-2); font-size: .8125rem; font-weight: 550; cursor: pointer; padding: 0 .5em; }
  .segments button:hover:not(:disabled):not([aria-pressed='true']) { color: var(--ink); background: var(--hover); }
  .segments button[aria-pressed='true'] { background: var(--raised); color: var(--ink); box-shadow: 0 1px 2px rgb(0 0 0 / 14%), inset 0 0 0 1px var(--line); }
  .segments button:disabled { color: var(--ink-3); cursor: not-allowed; }
  .segments small { font-weight: 450; color: var(--ink-3); font-variant-numeric: tabular-nums; }

  input:not([type='range'], [type='checkbox'], [type='radio']), select, textarea { min-height: 36px; width: 100%; padding: .35em .65em; border: 1px solid var(--line-strong); border-radius: var(--radius-small); background: var(--surface); font-size: .875rem; font-variant-numeric: tabular-nums; }
  input:disabled, select:disabled, textarea:disabled { background: var(--sunken); color: var(--ink-3); border-color: var(--line); }
  input[aria-invalid='true'], select[aria-invalid='true'], textarea[aria-invalid='true'] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
  ::placeholder { color: var(--ink-3); opacity: 1; }
  select { appearance: none; padding-right: 1.8em; background-image: linear-gradient(45deg, transparent 50%, var(--ink-2) 50%), linear-gradient(-45deg, transparent 50%, var(--ink-2) 50%); background-position: right .95em top 52%, right .65em top 52%; background-size: .3em .3em; background-repeat: no-repeat; }
  input[type='checkbox'] { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
  label, .label { font-size: .8125rem; font-weight: 550; color: var(--ink-2); }
  .field { display: grid; gap: 5px; align-content: start; min-width: 0; }
  .field .hint { font-size: .75rem; color: var(--ink-3); overflow-wrap: anywhere; }
  .field .fault { font-size: .75rem; color: var(--bad); overflow-wrap: anywhere; }
  .field .warning { font-size: .75rem; color: var(--warn); overflow-wrap: anywhere; }

  .progress { display: flex; gap: .5em; align-items: baseline; margin: 6px 0 0; font-size: .75rem; color: var(--ink-2); overflow-wrap: anywhere; }
  .progress .dots { display: inline-flex; gap: 3px; flex: none; transform: translateY(-1px); }
  .progress .dots i { width: 14px; height: 4px; border-radius: 2px; background: var(--line-strong); opacity: .45; }
  .progress .dots i.done { background: var(--accent); opacity: 1; }
  .progress.bad { color: var(--bad); }
  .progress.bad .dots i.done { background: var(--bad); }

  .visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .number { font-variant-numeric: tabular-nums; }
  .mono { font-family: var(--mono); font-size: .9em; }
  .clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  @media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; } }
`
