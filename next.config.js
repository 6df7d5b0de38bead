import { apiHeaders, securityHeaders } from './lib/security-headers.mjs'

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
    'prom-client',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-node',
    'wink-nlp',
    'wink-eng-lite-web-model',
    'esbuild',
    '@aws-sdk/client-s3',
  ],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    { source: '/api/:path*', headers: apiHeaders },
  ],
}
