/* Parses and validates one file with libxml2, as often as it is told, the schema compiled once; for benches/judge.rs.
 *
 *     beside-libxml2 SCHEMA FILE
 *
 * Reads a number from each line of standard input, does it so many times, and writes the seconds that took and whether the
 * file is valid (0 is valid). The file is held in memory and the validation context is used again, which is as quick as
 * libxml2 goes.
 */

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void silent(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static char *contents(const char *name, long *size) {
    FILE *file = fopen(name, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (*size = ftell(file)) < 0) return NULL;
    rewind(file);
    char *bytes = malloc((size_t)*size + 1);
    if (bytes == NULL || fread(bytes, 1, (size_t)*size, file) != (size_t)*size) return NULL;
    fclose(file);
    return bytes;
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: beside-libxml2 SCHEMA FILE\n");
        return 64;
    }
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, silent);
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(words[1]);
    xmlSchemaSetParserErrors(parser, silent, silent, NULL);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    long size = 0;
    char *bytes = contents(words[2], &size);
    if (schema == NULL || bytes == NULL) {
        fprintf(stderr, "could not read the schema or the file\n");
        return 66;
    }
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
    xmlSchemaSetValidErrors(context, silent, silent, NULL);
    printf("libxml2 %s\n", xmlParserVersion);
    fflush(stdout);
    long times;
    while (scanf("%ld", &times) == 1) {
        int said = 0;
        double began = now();
        for (long n = 0; n < times; n++) {
            xmlDocPtr tree = xmlReadMemory(bytes, (int)size, "message.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
            said = tree == NULL ? -1 : xmlSchemaValidateDoc(context, tree);
            xmlFreeDoc(tree);
        }
        printf("%.9f %d\n", now() - began, said);
        fflush(stdout);
    }
    return 0;
}
