/** Declares the global type `CryptoKey`, which @types/node declares only inside a namespace. */
type CryptoKey = import("node:crypto").webcrypto.CryptoKey;
