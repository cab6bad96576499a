global using CLSM.Directory.Api.Model.Validation;

// Until the names of the glossary reach every file.
global using Violation = CLSM.Directory.Api.Model.Validation.ValidationError;
