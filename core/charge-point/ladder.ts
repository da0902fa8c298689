/** One way of telling a charger its limit. */
export interface Attempt {
  readonly purpose: 'TxDefaultProfile' | 'TxProfile' | 'ChargePointMaxProfile'
  readonly kind: 'Absolute' | 'Relative'
  readonly stack: 'highest' | 'lowest'
  readonly target: 'connector' | 'station'
  readonly unit: 'usual' | 'other'
  readonly whole: boolean
}

/** The order of attempts: the gentlest and most widely understood first, the one that wears flash last. */
export const gentlest: Attempt = {
  purpose: 'TxDefaultProfile', kind: 'Absolute', stack: 'highest', target: 'connector', unit: 'usual', whole: false,
}
export const ladder: readonly Attempt[] = [
  gentlest,
  { purpose: 'TxDefaultProfile', kind: 'Absolute', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxProfile', kind: 'Absolute', stack: 'lowest', target: 'connector', unit: 'usual', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'station', unit: 'usual', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Absolute', stack: 'highest', target: 'connector', unit: 'other', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'other', whole: false },
  { purpose: 'TxDefaultProfile', kind: 'Relative', stack: 'lowest', target: 'connector', unit: 'usual', whole: true },
  { purpose: 'ChargePointMaxProfile', kind: 'Absolute', stack: 'lowest', target: 'station', unit: 'usual', whole: true },
]
