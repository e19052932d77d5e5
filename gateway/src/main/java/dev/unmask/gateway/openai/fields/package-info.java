/** JSON objects as clients send them: read strictly, every wrong field named. */
package dev.unmask.gateway.openai.fields;
