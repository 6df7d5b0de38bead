SET lock_timeout = '5s';

-- Pools are saved on top of the revision that one knows.
ALTER TABLE "Assignment" ADD COLUMN "poolsRevision" INTEGER NOT NULL DEFAULT 0;
