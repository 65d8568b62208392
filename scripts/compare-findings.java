import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** What the Xerces that comes with the JDK says of files: one line for each error, "file TAB line:column TAB message". */
class CompareFindings {
    public static void main(String[] words) throws Exception {
        var factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        var schema = factory.newSchema(new File(words[0]));
        for (int n = 1; n < words.length; n++) {
            String file = words[n];
            Validator validator = schema.newValidator();
            List<SAXParseException> told = new ArrayList<>();
            validator.setErrorHandler(new ErrorHandler() {
                public void warning(SAXParseException it) {}
                public void error(SAXParseException it) { told.add(it); }
                public void fatalError(SAXParseException it) { told.add(it); }
            });
            try {
                validator.validate(new StreamSource(new File(file)));
            } catch (SAXParseException it) {
                if (!told.contains(it)) told.add(it);
            }
            for (var it : told) {
                String said = it.getMessage().replaceAll("\\s+", " ");
                System.out.println(file + "\t" + it.getLineNumber() + ":" + it.getColumnNumber() + "\t" + said);
            }
        }
    }
}
