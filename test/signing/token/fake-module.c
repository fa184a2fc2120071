/*
 * A driver of a token that misbehaves as real ones do, for tests. What it does stands in the file `mode` of the folder FAKE_TOKEN;
 * how often the PIN may still be wrong in `tries`. One RSA key pair with CKA_ID 01; signatures are the input, padded.
 */
#define CK_PTR *
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include <pkcs11.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SLOT 7
#define PIN "123456"

static CK_OBJECT_CLASS wanted_class;
static int wanted_id, found, logged_in;

static void path_of(const char *name, char *path, size_t size) {
  const char *folder = getenv("FAKE_TOKEN");
  snprintf(path, size, "%s/%s", folder == NULL ? "." : folder, name);
}
static int mode(const char *word) {
  char path[512], text[64] = "";
  path_of("mode", path, sizeof path);
  FILE *file = fopen(path, "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%63s", text) != 1) text[0] = 0;
  fclose(file);
  return strcmp(text, word) == 0;
}
static int tries(void) {
  char path[512];
  int left = 3;
  path_of("tries", path, sizeof path);
  FILE *file = fopen(path, "r");
  if (file == NULL) return left;
  if (fscanf(file, "%d", &left) != 1) left = 3;
  fclose(file);
  return left;
}
static void set_tries(int left) {
  char path[512];
  path_of("tries", path, sizeof path);
  FILE *file = fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%d", left);
  fclose(file);
}
static void hang(void) { for (;;) pause(); }
static void pad(CK_UTF8CHAR *field, size_t size, const char *text) {
  memset(field, ' ', size);
  memcpy(field, text, strlen(text));
}
static int absent(void) { return mode("gone"); }

CK_RV C_Initialize(CK_VOID_PTR args) {
  if (mode("hang-init")) hang();
  if (mode("crash-init")) raise(SIGSEGV);
  return mode("failed-init") ? CKR_GENERAL_ERROR : CKR_OK;
}
CK_RV C_Finalize(CK_VOID_PTR reserved) {
  if (mode("hang-end")) hang();
  return CKR_OK;
}
CK_RV C_GetInfo(CK_INFO_PTR info) {
  memset(info, 0, sizeof *info);
  pad(info->manufacturerID, 32, "Fake");
  pad(info->libraryDescription, 32, "Misbehaving driver");
  return CKR_OK;
}
CK_RV C_GetSlotList(CK_BBOOL present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count) {
  if (mode("hang-list")) hang();
  if (list != NULL && !absent()) list[0] = SLOT;
  *count = absent() ? 0 : 1;
  return CKR_OK;
}
CK_RV C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  int left = tries();
  if (absent()) return CKR_TOKEN_NOT_PRESENT;
  memset(info, 0, sizeof *info);
  pad(info->label, 32, "fake");
  pad(info->manufacturerID, 32, "Fake");
  pad(info->model, 16, "F1");
  pad((CK_UTF8CHAR *)info->serialNumber, 16, mode("other-token") ? "FFFF4472" : "FFFF4471");
  info->flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | CKF_LOGIN_REQUIRED;
  if (left == 0) info->flags |= CKF_USER_PIN_LOCKED;
  if (left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (left == 2) info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (mode("transport")) info->flags |= CKF_USER_PIN_TO_BE_CHANGED;
  if (mode("read-only")) info->flags |= CKF_WRITE_PROTECTED;
  info->ulMinPinLen = 4;
  info->ulMaxPinLen = 16;
  return CKR_OK;
}
CK_RV C_GetMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  CK_MECHANISM_TYPE all[] = {CKM_RSA_PKCS_KEY_PAIR_GEN, CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS};
  CK_MECHANISM_TYPE few[] = {CKM_RSA_PKCS_KEY_PAIR_GEN, CKM_SHA256_RSA_PKCS};
  int hashes = mode("only-hash");
  *count = hashes ? 2 : 3;
  if (list != NULL) memcpy(list, hashes ? few : all, *count * sizeof *list);
  return CKR_OK;
}
CK_RV C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info) {
  /* In bytes, as some drivers tell it. */
  info->ulMinKeySize = 128;
  info->ulMaxKeySize = 256;
  info->flags = CKF_GENERATE_KEY_PAIR;
  return CKR_OK;
}
CK_RV C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR app, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session) {
  if (mode("write-protected") && (flags & CKF_RW_SESSION)) return CKR_TOKEN_WRITE_PROTECTED;
  *session = 1;
  return CKR_OK;
}
CK_RV C_CloseSession(CK_SESSION_HANDLE session) { return CKR_OK; }
CK_RV C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  if (mode("failed-login")) return CKR_FUNCTION_FAILED;
  if (mode("logged-in") && !logged_in) { logged_in = 1; return CKR_USER_ALREADY_LOGGED_IN; }
  if (tries() == 0) return CKR_PIN_LOCKED;
  if (length != strlen(PIN) || memcmp(pin, PIN, length) != 0) { set_tries(tries() - 1); return CKR_PIN_INCORRECT; }
  set_tries(3);
  return mode("expired") ? CKR_PIN_EXPIRED : CKR_OK;
}
CK_RV C_Logout(CK_SESSION_HANDLE session) { return CKR_OK; }
CK_RV C_SetPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old, CK_ULONG oldLength, CK_UTF8CHAR_PTR next, CK_ULONG length) {
  return mode("weak-pin") ? CKR_PIN_INVALID : length < 4 ? CKR_PIN_LEN_RANGE : CKR_OK;
}
CK_RV C_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR list, CK_ULONG count) {
  wanted_class = (CK_OBJECT_CLASS)-1;
  wanted_id = found = 0;
  for (CK_ULONG i = 0; i < count; i++) {
    if (list[i].type == CKA_CLASS) wanted_class = *(CK_OBJECT_CLASS *)list[i].pValue;
    if (list[i].type == CKA_ID) wanted_id = list[i].ulValueLen == 1 ? *(CK_BYTE *)list[i].pValue : -1;
  }
  return CKR_OK;
}
CK_RV C_FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR list, CK_ULONG most, CK_ULONG_PTR count) {
  int match = !found && wanted_id == 1 && (wanted_class == CKO_PRIVATE_KEY || wanted_class == CKO_PUBLIC_KEY);
  *count = match ? 1 : 0;
  if (match) list[0] = wanted_class == CKO_PRIVATE_KEY ? 1 : 2;
  found = 1;
  return CKR_OK;
}
CK_RV C_FindObjectsFinal(CK_SESSION_HANDLE session) { return CKR_OK; }
CK_RV C_GetAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR list, CK_ULONG count) {
  static CK_ULONG rsa = CKK_RSA;
  static CK_BYTE no = CK_FALSE, modulus[256], exponent[] = {1, 0, 1};
  memset(modulus, 0xab, sizeof modulus);
  for (CK_ULONG i = 0; i < count; i++) {
    const void *value = NULL;
    CK_ULONG length = 0;
    if (list[i].type == CKA_KEY_TYPE) { value = &rsa; length = sizeof rsa; }
    if (list[i].type == CKA_MODULUS) { value = modulus; length = sizeof modulus; }
    if (list[i].type == CKA_PUBLIC_EXPONENT) { value = exponent; length = sizeof exponent; }
    if (list[i].type == CKA_ALWAYS_AUTHENTICATE) { value = &no; length = 1; }
    if (value == NULL) { list[i].ulValueLen = (CK_ULONG)-1; return CKR_ATTRIBUTE_TYPE_INVALID; }
    if (list[i].pValue != NULL) memcpy(list[i].pValue, value, length);
    list[i].ulValueLen = length;
  }
  return CKR_OK;
}
CK_RV C_GenerateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR pub, CK_ULONG pubs, CK_ATTRIBUTE_PTR priv, CK_ULONG privs, CK_OBJECT_HANDLE_PTR publicKey, CK_OBJECT_HANDLE_PTR privateKey) {
  if (mode("full")) return CKR_DEVICE_MEMORY;
  if (mode("pulled")) return CKR_DEVICE_REMOVED;
  if (mode("hang-generate")) hang();
  return CKR_FUNCTION_FAILED;
}
CK_RV C_DestroyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) { return CKR_OK; }
CK_RV C_CreateObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR list, CK_ULONG count, CK_OBJECT_HANDLE_PTR object) { return CKR_DEVICE_MEMORY; }
CK_RV C_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  return mode("no-mechanism") ? CKR_MECHANISM_INVALID : CKR_OK;
}
CK_RV C_Sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature, CK_ULONG_PTR size) {
  if (mode("hang-sign")) hang();
  if (mode("crash-sign")) raise(SIGSEGV);
  if (mode("failed-sign")) return CKR_FUNCTION_FAILED;
  if (mode("pulled-sign")) return CKR_TOKEN_NOT_PRESENT;
  memset(signature, 0, 256);
  memcpy(signature, data, length < 256 ? length : 256);
  *size = 256;
  return CKR_OK;
}

static CK_FUNCTION_LIST functions;
CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  functions.version.major = 2;
  functions.version.minor = 40;
#define GIVE(name) functions.name = name
  GIVE(C_Initialize); GIVE(C_Finalize); GIVE(C_GetInfo); GIVE(C_GetFunctionList); GIVE(C_GetSlotList); GIVE(C_GetTokenInfo); GIVE(C_GetMechanismList); GIVE(C_GetMechanismInfo);
  GIVE(C_OpenSession); GIVE(C_CloseSession); GIVE(C_Login); GIVE(C_Logout); GIVE(C_SetPIN); GIVE(C_FindObjectsInit); GIVE(C_FindObjects); GIVE(C_FindObjectsFinal);
  GIVE(C_GetAttributeValue); GIVE(C_GenerateKeyPair); GIVE(C_DestroyObject); GIVE(C_CreateObject); GIVE(C_SignInit); GIVE(C_Sign);
  *list = &functions;
  return CKR_OK;
}
