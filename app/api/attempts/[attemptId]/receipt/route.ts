import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { readSignedReceipt } from '@/lib/submission/data'

export const GET = route(contracts.readReceipt, async ({ viewer, params }) => {
  const receipt = await readSignedReceipt(await authorizeOwnAttempt(viewer, params, 'attempt.result'))
  if (!receipt) throw new Problem('attempt-not-submitted', params.attemptId)
  return new Response(`${receipt.signed}\n`, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="vitrine-receipt-${receipt.code}.txt"`,
    },
  })
})
