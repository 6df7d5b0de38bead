/** Sent with every answer; the content security policy, which needs a nonce, is set in proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
]

const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // A member whose role may not see a page gets app/forbidden.tsx with status 403.
  experimental: { authInterrupts: true },
  // `npm test` checks types, tests included. A build on a new machine should not have to.
  typescript: { ignoreBuildErrors: true },
  // Native modules, and packages that read files beside themselves: loaded by Node as they are.
  serverExternalPackages: [
    'onnxruntime-node',
    'sharp',
    'pg',
    '@prisma/adapter-pg',
    '@node-rs/argon2',
    'graphile-worker',
    'pino',
    'wink-nlp',
    'wink-eng-lite-web-model',
    'esbuild',
  ],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    // Data, never a page: nothing may run, load or frame it. (proxy.ts gives pages their own policy.)
    { source: '/api/:path*', headers: [{ key: 'Content-Security-Policy', value: apiPolicy }] },
  ],
}
