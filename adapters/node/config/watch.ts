import { watch, type FSWatcher } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { parseSite, readText, type SiteReading } from './load.ts'
