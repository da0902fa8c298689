import { describe, expect, it } from 'vitest'
import { maskSecrets } from './secrets.ts'

const masked = (value: unknown) => JSON.stringify(value, maskSecrets)
const secret = 'correct horse battery'

describe('What is handed around', () => {
  it.each([
    ['of the configuration', { type: 'configured', config: { chargers: [{ password: secret }] } }],
    ['in an order', { order: { type: 'call', action: 'ChangeConfiguration', payload: { key: 'authorizationKEY', value: secret } } }],
    ['in a CALL of ours', { type: 'send', text: JSON.stringify([2, '1', 'ChangeConfiguration', { key: 'AuthorizationKey', value: secret }]) }],
    ['that a charger tells of itself', { text: JSON.stringify([3, '1', { configurationKey: [{ key: 'WifiPassword', readonly: false, value: secret }] }]) }],
    ['in a text that cannot be read', { text: `[3,"1",{"key":"AuthorizationKey","value":"${secret}"` }],
  ])('holds no password %s.', (_where, value) => {
    expect(masked(value)).not.toContain(secret)
  })

  it('holds the rest as it is.', () => {
    const value = { text: '[2,"1","ChangeConfiguration",{"key":"ConnectionTimeOut","value":"30"}]', key: 'HeartbeatInterval', value: '5' }
    expect(masked(value)).toBe(JSON.stringify(value))
  })
})
