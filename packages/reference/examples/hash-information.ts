import { createDdi, Machine, NDIS_HASH } from "ndislab";

const { NDIS_HASH_IPV4, NDIS_HASH_TCP_IPV4, NDIS_HASH_TCP_IPV6, NdisHashFunctionToeplitz } = NDIS_HASH;
const ddi = createDdi(new Machine());

const information = ddi.NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(
  NDIS_HASH_IPV4 | NDIS_HASH_TCP_IPV4,
  NdisHashFunctionToeplitz,
);
const types = ddi.NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(information);
const yes = (type: number): string => ((types & type) !== 0 ? "yes" : "no");
const hashFunction = ddi.NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(information);
console.log(`information ${information.toString(16)}, function ${hashFunction}`);
console.log(`TCP over IPv4: ${yes(NDIS_HASH_TCP_IPV4)}, over IPv6: ${yes(NDIS_HASH_TCP_IPV6)}`);
