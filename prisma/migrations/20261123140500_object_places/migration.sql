SET lock_timeout = '5s';

-- Where an object's bytes are: s3://bucket/key; NULL: in "ObjectChunk", as all are that an older release has stored.
ALTER TABLE "StoredObject" ADD COLUMN "address" TEXT;
CREATE UNIQUE INDEX "StoredObject_address_key" ON "StoredObject"("address");

-- Keys of a bucket that hold no object's bytes: not yet, or no more.
CREATE TABLE "ObjectLeftover" (
    "address" TEXT NOT NULL,
    "since" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ObjectLeftover_pkey" PRIMARY KEY ("address")
);

-- The files of figures and evidence lie in their rows, or are objects.
ALTER TABLE "FigureAsset" ADD COLUMN "sha256" TEXT, ALTER COLUMN "bytes" DROP NOT NULL,
    ADD CONSTRAINT "FigureAsset_kept_once" CHECK (num_nonnulls("bytes", "sha256") = 1),
    ADD CONSTRAINT "FigureAsset_sha256_fkey"
        FOREIGN KEY ("sha256") REFERENCES "StoredObject"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "EvidenceArray" ADD COLUMN "sha256" TEXT, ALTER COLUMN "npy" DROP NOT NULL,
    ADD CONSTRAINT "EvidenceArray_kept_once" CHECK (num_nonnulls("npy", "sha256") = 1),
    ADD CONSTRAINT "EvidenceArray_sha256_fkey"
        FOREIGN KEY ("sha256") REFERENCES "StoredObject"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "FigureAsset_sha256_idx" ON "FigureAsset"("sha256");
CREATE INDEX "EvidenceArray_sha256_idx" ON "EvidenceArray"("sha256");
