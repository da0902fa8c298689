/** What servers answer that look at nothing but the action; `{}` to all others. */
export const answers: { readonly [action: string]: () => object } = {
  BootNotification: () => ({ status: 'Accepted', currentTime: new Date().toISOString(), interval: 300 }),
  Heartbeat: () => ({ currentTime: new Date().toISOString() }),
  StartTransaction: () => ({ transactionId: 1, idTagInfo: { status: 'Accepted' } }),
}

/** The same as JSON that was written beforehand. */
export const cannedAnswers: { readonly [action: string]: string } = Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, JSON.stringify(answer())]))
