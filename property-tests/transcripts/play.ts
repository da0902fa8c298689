import type { SiteConfig, Status } from '../../core/index.ts'
import { exampleSite, twoConnectors } from '../../fixtures/site.ts'
import { run } from '../../fixtures/world/engine.ts'
import { parseStep, type Step } from './script.ts'
import { prepare } from './scripted-charger.ts'
import { createStage, takeLines, type Stage } from './stage.ts'
import type { Play } from './transcript.ts'
import { verbs } from './verbs.ts'

/** Every conversation begins on Monday 23 November 2026, 10:00:00 in Amsterdam; what goes before it is not shown. */
const curtain = Date.UTC(2026, 10, 23, 9)
const rehearsalMs = 60_000

/** Plays the steps of one transcript, whose conversations follow each other and know nothing of one another. */
export function createPlayer(): Play {
  let config = exampleSite
  let stage = createStage(config, curtain)
  return (text) => {
    const step = parseStep(text)
    if (step.verb === 'site') {
      config = siteOf(step)
      stage = createStage(config, curtain)
      takeLines(stage)
    } else if (Object.hasOwn(scenes, step.verb)) {
      stage = scenes[step.verb]?.(config, step) ?? stage
    } else {
      const hides = Object.hasOwn(hiding, step.verb) ? hiding[step.verb] : undefined
      perform(stage, hides ? parseStep(text.slice(step.verb.length + 1)) : step)
      if (hides) return takeLines(stage).filter((line) => !hides(line))
    }
    return takeLines(stage)
  }
}

function perform(stage: Stage, step: Step): void {
  const verb = Object.hasOwn(verbs, step.verb) ? verbs[step.verb] : undefined
  if (!verb) throw new Error(`${step.verb} is none of ${Object.keys(verbs).join(', ')}`)
  verb(stage, step)
}

/** Words before a step that hide lines of what comes of it: all, or all but telegrams. */
const hiding: { readonly [word: string]: (line: string) => boolean } = {
  quietly: () => true,
  telegrams: (line) => !line.includes(' bus '),
}

/** Steps that begin a new conversation. */
const scenes: { readonly [verb: string]: (config: SiteConfig, step: Step) => Stage } = {
  /** A Charge Point that the script speaks for, in a state as usual. */
  charger: (config, step) => {
    const { words: [status = 'Available', errorCode = 'NoError'] } = step
    // A word that is no state is refused by the core, as the transcript will show.
    return rehearsed(config, step, (stage) => prepare(stage, status as Status, errorCode))
  },
  /** The same, not connected yet. */
  stranger: (config, step) => rehearsed(config, step),
  /** A simulated Charge Point, ready. */
  station: (config, step) => rehearsed(config, step, undefined, step.options),
  /** A simulated Charge Point that was just switched on. */
  boots: (config, { options }) => createStage(config, curtain, options),
}

type Options = Step['options']

/** A stage on which a minute has gone by unseen; `at` moves it to another time. */
function rehearsed(config: SiteConfig, { options: { at } }: Step, act?: (stage: Stage) => void, station?: Options): Stage {
  const begins = typeof at === 'string' ? Date.parse(at) : curtain
  const stage = createStage(config, begins - rehearsalMs, station)
  act?.(stage)
  run(stage.inside, begins - stage.inside.at)
  takeLines(stage)
  stage.zero = begins
  return stage
}

const siteKeys = ['site', 'ocpp', 'knx', 'tags'] as const

/** The example site with what the options change about it, in the words of the configuration; the rest is about its chargers. */
function siteOf({ options }: Step): SiteConfig {
  const { connectors, ...rest } = options
  const base = connectors === 2 ? twoConnectors : exampleSite
  const about = (key: (typeof siteKeys)[number]) => {
    if (!Object.hasOwn(rest, key)) return {}
    return { [key]: Array.isArray(rest[key]) ? rest[key] : { ...base[key], ...fields(rest[key]) } }
  }
  const charger = Object.fromEntries(Object.entries(rest).filter(([key]) => !siteKeys.some((name) => name === key)))
  return Object.assign({}, base, ...siteKeys.map(about), { chargers: base.chargers.map((one) => ({ ...one, ...charger })) })
}

function fields(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
