/** Node has it at run time; its types keep the name in a namespace. */
type CryptoKey = import("node:crypto").webcrypto.CryptoKey;
