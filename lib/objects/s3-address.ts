/** A bucket and the beginning of the keys in it, or one key. */
export interface S3Address {
  readonly bucket: string
  /** Without slashes at its ends; empty: the whole bucket. */
  readonly key: string
}

/** @param address `s3://bucket`, `s3://bucket/key` */
export function parseS3Address(address: string): S3Address {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(address) ?? []
  if (bucket === undefined) throw new RangeError(`${address} is no address of a bucket`)
  return { bucket, key }
}
