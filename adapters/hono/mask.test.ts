import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskText } from './mask.ts'

test.each([
  '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"hush"}]',
  '[2,"1","ChangeConfiguration",{"key":"Vendor.WifiPassword","value":"hush"}]',
  '[3,"1",{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"hush"}]}]',
  '[2,"1","GetDiagnostics",{"location":"ftp://user:hush@files.example/x"}]',
  '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"hush"}',
  '{"password":"hush"}',
])('%s loses its secret.', (text) => {
  const masked = maskText(text)
  expect(masked).not.toContain('hush')
  expect(masked).toContain('***')
})

test.each([
  '[2, "1", "Authorize", {"idTag":"04A1"}]',
  '[3,"1",{"configurationKey":[{"key":"AuthorizationCacheEnabled","value":"true"}]}]',
  '[2,"1","UpdateFirmware",{"location":"https://files.example/x"}]',
])('%s has none, and stays as it is.', (text) => {
  expect(maskText(text)).toBe(text)
})

test('No text makes it throw.', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.string().map((text) => `password=${text}://a:b@`)), (text) => typeof maskText(text) === 'string'))
})
