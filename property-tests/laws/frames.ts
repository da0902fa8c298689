import { actions, isAction } from '../../core/ocpp/actions.ts'
import { read } from '../../core/ocpp/read.ts'
import { readRequest } from '../../core/ocpp/receive.ts'
import { first } from './facts.ts'
import { difference } from './json.ts'
import type { Edge, Law, Sent } from './law.ts'

const isId = (id: unknown): id is string => typeof id === 'string' && id.length >= 1 && id.length <= 36

/** What is owed to what was heard: the id of the answer; undefined where none is owed. What is no JSON may be answered with an error. */
function owed(edge: Edge): string | undefined {
  const { elements } = edge.heard ?? {}
  if (elements?.[0] !== 2) return undefined
  const id = elements[1]
  return isId(id) || (typeof id === 'string' && id.length <= 255) ? id : '-1'
}

const sound = new Map<string, string | undefined>()

/** What the schema says against a payload; each text is read only once. */
function complaint(name: string, payload: unknown, judge: () => ReturnType<typeof read>): string | undefined {
  const key = name + JSON.stringify(payload)
  if (!sound.has(key)) {
    const result = judge()
    sound.set(key, result.ok ? result.warnings[0] : result.description)
  }
  return sound.get(key)
}

/** What is wrong with a frame of ours, given the action it answers. */
function fault(frame: Sent, answered: unknown): string | undefined {
  const { type, action, body } = frame
  if (!isId(frame.id) && type === 2) return `the id ${frame.id} is none`
  if (type === 4) return undefined
  const name = type === 2 ? action : String(answered)
  if (!isAction(name)) return `there is no action ${name}`
  return type === 2
    ? complaint(`2 ${name}`, body, () => readRequest(name, body))
    : complaint(`3 ${name}`, body, () => read(actions[name].confirmation, body))
}

/** The number of a CALL of ours, which is in its id after that of the run. */
function numberOf(id: string): readonly [run: number, call: number] {
  const [run = '', call = ''] = id.split('-')
  return [Number.parseInt(run, 36), Number.parseInt(call, 36)]
}

export const frameLaws: readonly Law[] = [
  {
    title: 'Every CALL of a Charge Point gets exactly one answer, with its id and on its connection; nothing else is answered.',
    check(edge) {
      const given = edge.answers
      const id = owed(edge)
      if (id === undefined) {
        const broken = edge.happening.type === 'received' && edge.heard === undefined
        const fine = broken ? given.length <= 1 && given.every(({ type }) => type === 4) : given.length === 0
        return fine ? undefined : `${given[0]?.text} answers nothing`
      }
      if (given.length !== 1) return `${given.length} answers`
      const [answer] = given
      return answer?.id !== id || answer.connection !== edge.heard?.connection ? `${answer?.text} on ${answer?.connection}` : undefined
    },
  },
  {
    title: 'Every frame we send is one of its schema, to the letter.',
    check: (edge) => first([...edge.answers, ...edge.calls], (frame) => {
      const wrong = fault(frame, edge.heard?.elements[2])
      return wrong !== undefined && `${frame.text}: ${wrong}`
    }),
  },
  {
    title: 'An answer to no CALL in flight changes nothing.',
    check(edge) {
      const { elements, chargePoint } = edge.heard ?? {}
      if (!chargePoint || (elements?.[0] !== 3 && elements?.[0] !== 4) || elements[1] === chargePoint.pending?.id) return undefined
      if (edge.effects.length > 0) return `it brings ${JSON.stringify(edge.effects[0])}`
      return first(edge.changed, ({ before, after }) => difference({ ...before, heardAt: 0 }, { ...after, heardAt: 0 }))
    },
  },
  {
    title: 'At most one CALL is in flight for a Charge Point.',
    check: (edge) => first(edge.calls, ({ identity, connection, text, id }) => {
      const pair = edge.changed.find(({ after }) => after.identity === identity)
      if (!pair) return `${text} was not remembered`
      const others = edge.calls.filter((other) => other.identity === identity && other.connection === connection)
      if (others.length > 1) return `${others.length} CALLs at once`
      if (pair.after.link?.connection === connection && pair.after.pending?.id !== id) return `${text} is not the one in flight`
      return pair.before.pending?.id === pair.after.pending?.id && `${text} while ${pair.before.pending?.id} is in flight`
    }),
  },
  {
    title: 'The id of a CALL comes after all before it, over restarts too.',
    check(edge) {
      const { run } = edge.after.rules
      if (run < edge.before.rules.run) return 'the run goes back'
      if ((edge.happening.type === 'restart') !== (run > edge.before.rules.run)) return 'a run is a run from start to restart'
      return first(edge.changed, ({ before, after }) => run === edge.before.rules.run && after.nextCall < before.nextCall && 'the count goes back')
        ?? first(edge.calls, ({ identity, id, text }) => {
          const pair = edge.changed.find(({ after }) => after.identity === identity)
          const [ofRun, call] = numberOf(id)
          return !(ofRun === run && pair && call >= (run > edge.before.rules.run ? 1 : pair.before.nextCall) && call < pair.after.nextCall) && text
        })
    },
  },
  {
    title: 'A frame goes only to a connection that is there.',
    check: (edge) => first([...edge.answers, ...edge.calls], ({ identity, connection, text }) => {
      const members = [edge.before, edge.after].map(({ population }) => population.groups.flatMap(({ members: all }) => all).find((member) => member.identity === identity))
      return !members.some((member) => member?.link?.connection === connection) && `${text} goes to ${connection}`
    }),
  },
]
