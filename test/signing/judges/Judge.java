import java.io.File;
import java.io.FileInputStream;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Collection;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Selector;

/** What PDFBox and BouncyCastle find in a signed PDF: one line a signature, `name|subFilter|valid|stamp`. */
public class Judge {
  private static final ASN1ObjectIdentifier STAMP = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.14");

  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    for (String path : args) {
      File file = new File(path);
      try (PDDocument document = PDDocument.load(file)) {
        for (PDSignature signature : document.getSignatureDictionaries()) {
          byte[] content;
          byte[] contents;
          try (FileInputStream in = new FileInputStream(file)) { content = signature.getSignedContent(in); }
          try (FileInputStream in = new FileInputStream(file)) { contents = signature.getContents(in); }
          System.out.println(file.getName() + "|" + signature.getName() + "|" + signature.getSubFilter() + "|" + judge(signature.getSubFilter(), content, contents));
        }
      }
    }
  }

  private static String judge(String subFilter, byte[] content, byte[] contents) {
    try {
      if (subFilter.equals("ETSI.RFC3161")) return stamp(new TimeStampToken(new CMSSignedData(contents)), content) + "|none";
      CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(content), contents);
      SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
      boolean valid = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate(data, signer.getSID())));
      AttributeTable unsigned = signer.getUnsignedAttributes();
      Attribute token = unsigned == null ? null : unsigned.get(STAMP);
      if (token == null) return valid + "|none";
      TimeStampToken stamp = new TimeStampToken(new CMSSignedData(token.getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded()));
      return valid + "|" + stamp(stamp, signer.getSignature());
    } catch (Exception e) {
      return "false|" + e.getClass().getSimpleName();
    }
  }

  private static boolean stamp(TimeStampToken token, byte[] over) throws Exception {
    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(over);
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate(token.toCMSSignedData(), token.getSID())));
    return java.util.Arrays.equals(digest, token.getTimeStampInfo().getMessageImprintDigest());
  }

  @SuppressWarnings("unchecked")
  private static X509CertificateHolder certificate(CMSSignedData data, Object id) {
    Collection<X509CertificateHolder> found = data.getCertificates().getMatches((Selector<X509CertificateHolder>) id);
    return found.iterator().next();
  }
}
