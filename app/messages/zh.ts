import { zh as attempt } from './attempt/zh'
import { zh as figure } from './figure/zh'
import type { Messages } from './messages'
import { zh as site } from './site/zh'

export const zh: Messages = { ...site, ...attempt, ...figure }
