import * as v from 'valibot'
import { instant, list, textOf } from './common.ts'

/** What one may do: each role may all of the one before. */
export const roles = ['look', 'operate', 'administer'] as const
export const role = v.picklist(roles)
export type Role = (typeof roles)[number]

export const userName = v.pipe(v.string(), v.regex(/^[\w.@-]{1,64}$/, '1 to 64 letters, digits and . _ @ -'))
/** 10 to 200 characters. */
export const password = v.pipe(v.string(), v.minLength(10, 'at least 10 characters'), v.maxLength(200, 'at most 200 characters'))

export const login = v.object({ name: textOf(64), password: textOf(200) })
/** Who one is: a user with a cookie, or a program with a token. */
export const me = v.object({ name: v.string(), role, kind: v.picklist(['user', 'token', 'local']) })
export type Me = v.InferOutput<typeof me>

export const user = v.object({ name: v.string(), role, createdAt: instant })
export const newUser = v.object({ name: userName, password, role })
export const userChange = v.object({ role: v.optional(role), password: v.optional(password) })
export const passwordChange = v.object({ present: textOf(200), next: password })

export const token = v.object({ id: v.string(), name: v.string(), role, createdAt: instant })
export const newToken = v.object({ name: textOf(64), role })
/** The only time that the token itself is told. */
export const createdToken = v.object({ ...token.entries, token: v.pipe(v.string(), v.description('wb_…: shown once, stored hashed')) })
export const users = list(user)
export const tokens = list(token)
