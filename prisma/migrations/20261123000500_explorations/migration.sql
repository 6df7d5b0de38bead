-- CreateEnum
CREATE TYPE "ExplorationStatus" AS ENUM ('QUEUED', 'COMPUTING', 'READY', 'FAILED');

-- CreateTable
CREATE TABLE "Exploration" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "status" "ExplorationStatus" NOT NULL DEFAULT 'QUEUED',
    "waiter" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "model" TEXT NOT NULL,
    "modelSha256" TEXT,
    "result" TEXT,
    "error" JSONB,
    "seconds" DOUBLE PRECISION,
    "askedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Exploration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExplorationQuota" (
    "userId" TEXT NOT NULL,
    "spentUntil" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ExplorationQuota_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "Exploration_status_askedAt_idx" ON "Exploration"("status", "askedAt");

-- CreateIndex
CREATE INDEX "Exploration_model_idx" ON "Exploration"("model");

-- AddForeignKey
ALTER TABLE "ExplorationQuota" ADD CONSTRAINT "ExplorationQuota_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
