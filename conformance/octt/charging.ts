import { expect } from 'vitest'
import type { Step } from '../conversation.ts'
import { timestamp } from './steps.ts'
import {
  asks, authorizes, begins, boots, charges, connects, holds, isBooked, isIdle, isUnplugged, losesPower, measures, runs, says, shows, starts, status, stops,
} from './steps.ts'

const remoteStart = asks('RemoteStartTransaction', { connectorId: 1, idTag: 'DRIVER' }, { status: 'Accepted' })
const resets = (type: 'Hard' | 'Soft'): readonly Step[] => [
  ...charges,
  asks('Reset', { type }, { status: 'Accepted' }),
  stops(`${type}Reset`), isBooked('DRIVER', `${type}Reset`),
  connects(), ...boots, shows('Available'), isIdle,
]
const hourAgo = timestamp(3_600)

/** The Core profile: boot, sessions, remote control, resets, power and connection lost. */
export const charging: { readonly [id: string]: readonly Step[] } = {
  TC_001_CSMS: [
    ...begins,
    says('Heartbeat', {}, { currentTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) }),
    holds(({ chargePoint }) => expect(chargePoint).toMatchObject({ registered: true, profile: { vendor: 'Vendor', model: 'Model', firmwareVersion: '1.0' } })),
    shows('Available'),
  ],
  TC_003_CSMS: [
    ...begins, status('Preparing'), authorizes('DRIVER'), ...starts('DRIVER'), status('Charging'), runs('DRIVER'),
    measures(2_000), holds(({ connector }) => expect(connector.meter.register).toBe(2_000)),
    authorizes('DRIVER'), stops('Local', { idTag: 'DRIVER' }), ...isUnplugged, isBooked('DRIVER', 'Local'),
  ],
  TC_004_1_CSMS: [...begins, authorizes('DRIVER'), status('Preparing'), ...starts('DRIVER'), status('Charging'), runs('DRIVER')],
  TC_004_2_CSMS: [...begins, authorizes('DRIVER'), status('Preparing'), shows('Preparing'), status('Available'), shows('Available'), isIdle],
  TC_005_1_CSMS: [
    ...begins, asks('ChangeConfiguration', { key: 'StopTransactionOnEVSideDisconnect', value: 'true' }, { status: 'Accepted' }),
    ...charges.slice(begins.length), status('SuspendedEV'), shows('SuspendedEV'), stops('EVDisconnected'), ...isUnplugged, isBooked('DRIVER', 'EVDisconnected'),
  ],
  TC_007_CSMS: [...begins, status('Preparing'), ...starts('DRIVER'), status('Charging'), runs('DRIVER')],
  TC_010_CSMS: [...begins, status('Preparing'), remoteStart, authorizes('DRIVER'), ...starts('DRIVER'), status('Charging'), runs('DRIVER')],
  TC_011_1_CSMS: [...begins, remoteStart, authorizes('DRIVER'), status('Preparing'), ...starts('DRIVER'), status('Charging'), runs('DRIVER')],
  TC_011_2_CSMS: [...begins, remoteStart, authorizes('DRIVER'), status('Preparing'), status('Available'), shows('Available'), isIdle],
  TC_012_CSMS: [
    ...charges, asks('RemoteStopTransaction', ({ transactionId }) => ({ transactionId }), { status: 'Accepted' }),
    stops('Remote'), ...isUnplugged, isBooked('DRIVER', 'Remote'),
  ],
  TC_013_CSMS: resets('Hard'),
  TC_014_CSMS: resets('Soft'),
  TC_017_1_CSMS: [...begins, asks('UnlockConnector', { connectorId: 1 }, { status: 'Unlocked' }), shows('Available')],
  TC_017_2_CSMS: [...begins, asks('UnlockConnector', { connectorId: 1 }, { status: 'NotSupported' }), shows('Available')],
  TC_018_1_CSMS: [
    ...charges, asks('UnlockConnector', { connectorId: 1 }, { status: 'Unlocked' }),
    stops('UnlockCommand'), ...isUnplugged, isBooked('DRIVER', 'UnlockCommand'),
  ],
  TC_023_1_CSMS: [...begins, status('Preparing'), authorizes('NOBODY', 'Invalid'), isIdle],
  TC_023_2_CSMS: [...begins, status('Preparing'), authorizes('EXPIRED', 'Expired'), isIdle],
  TC_023_3_CSMS: [...begins, status('Preparing'), authorizes('BLOCKED', 'Blocked'), isIdle],
  TC_024_CSMS: [
    ...begins, status('Preparing'), authorizes('DRIVER'), status('Faulted', 1, 'ConnectorLockFailure'),
    shows('Faulted'), holds(({ connector }) => expect(connector.report.errorCode).toBe('ConnectorLockFailure')), isIdle,
  ],
  TC_026_CSMS: [...begins, asks('RemoteStartTransaction', { connectorId: 1, idTag: 'DRIVER' }, { status: 'Rejected' }), isIdle],
  TC_028_CSMS: [...charges, asks('RemoteStopTransaction', { transactionId: 1 }, { status: 'Rejected' }), runs('DRIVER')],
  TC_030_CSMS: [...begins, asks('UnlockConnector', { connectorId: 1 }, { status: 'UnlockFailed' }), shows('Available')],
  TC_031_CSMS: [...begins, asks('UnlockConnector', { connectorId: 99 }, { status: 'NotSupported' }), shows('Available')],
  TC_032_1_CSMS: [...charges, losesPower(), ...boots, stops('PowerLoss'), isIdle, isBooked('DRIVER', 'PowerLoss')],
  TC_037_1_CSMS: [...begins, losesPower(), ...starts('DRIVER', 'Accepted', { timestamp: timestamp(60) }), status('Charging'), runs('DRIVER')],
  TC_037_3_CSMS: [
    ...begins, losesPower(), ...starts('NOBODY', 'Invalid', { timestamp: timestamp(60) }), status('Charging'),
    stops('DeAuthorized'), ...isUnplugged, isBooked('NOBODY', 'DeAuthorized'),
  ],
  TC_039_CSMS: [
    ...begins, losesPower(), ...starts('DRIVER', 'Accepted', { timestamp: hourAgo }),
    stops('Local', { timestamp: timestamp(1_800), idTag: 'DRIVER' }), status('Available'), isIdle, isBooked('DRIVER', 'Local'),
    holds(({ books }) => expect(books.map(({ startedAt }) => startedAt)).toEqual([Date.parse(hourAgo)])),
  ],
}
