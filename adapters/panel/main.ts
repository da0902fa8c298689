import { applyPreferences } from './app/preferences.ts'
import { followAddress } from './app/router.ts'
import { look } from './app/session.ts'
import { controls } from './style/controls.ts'
import { page } from './style/page.ts'
import { pages } from './style/pages.ts'
import { tokens } from './style/tokens.ts'
import './pages/frame.ts'

// Sheets of one's own need no exception in a Content Security Policy.
document.adoptedStyleSheets = [tokens, controls, page, pages].flatMap(({ styleSheet }) => styleSheet ?? [])
applyPreferences(document.documentElement)
followAddress()
void look()
