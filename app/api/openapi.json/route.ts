import { contracts } from '@/lib/api/contracts'
import { openApiDocument } from '@/lib/api/openapi'
import { route } from '@/lib/api/route'
import { version } from '@/package.json'

const document = openApiDocument(version)

export const GET = route(contracts.openApi, async () => document as typeof document & { openapi: string })
