# One recipe for setup, web and worker: docker-compose.yml says which of them a container is.
FROM node:20-bookworm-slim

# libvulkan: figures may be computed on a graphics card. openssl: Prisma's native engine.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libvulkan1 openssl ca-certificates \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /vitrine
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1

# The packages change less often than the sources: a layer of their own.
COPY package.json .npmrc prisma.config.ts ./
COPY prisma/schema.prisma prisma/schema.prisma
COPY bin/postinstall.mjs bin/student-schema.mjs bin/schema-engine.mjs bin/
RUN --mount=type=cache,target=/root/.npm npm install --omit=dev

COPY . .
RUN NODE_ENV=production npm run build && rm -rf .next/cache && chown -R node:node .next \
  && install -d -o node -g node /data

# Models and corpora that are added: docker-compose.yml mounts a volume here, which takes over the owner of the folder.
ENV NODE_ENV=production VITRINE_DATA=/data HOST=0.0.0.0 PORT=3000
USER node
EXPOSE 3000
CMD ["node", "bin/web.mjs"]
