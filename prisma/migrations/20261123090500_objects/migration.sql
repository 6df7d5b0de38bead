-- Large files by the hash of their content. Their bytes are kept as they are: weights and pictures hardly shrink, and
-- trying would cost more than the disk.
CREATE TABLE "StoredObject" (
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "storedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StoredObject_pkey" PRIMARY KEY ("sha256")
);

CREATE TABLE "ObjectChunk" (
    "sha256" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "ObjectChunk_pkey" PRIMARY KEY ("sha256","number")
);
ALTER TABLE "ObjectChunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

ALTER TABLE "ObjectChunk" ADD CONSTRAINT "ObjectChunk_sha256_fkey"
    FOREIGN KEY ("sha256") REFERENCES "StoredObject"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;
