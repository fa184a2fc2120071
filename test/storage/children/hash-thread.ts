/** The hash thread, for a child that takes papers in. */
import '../../../src-main/storage/documents/hash-worker'
