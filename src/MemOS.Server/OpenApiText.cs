using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MemOS.Server;

/// <summary>What the OpenAPI document says about the interface as a whole.</summary>
internal static class OpenApiText
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "MemOS",
            Version = "v1",
            Description = "Long-term memory for agents. Every address but GET /health needs the key of the server: Authorization: Bearer KEY. "
                + "Failures are Problem Details with a stable code.",
        };
        document.Servers = []; // the address is where the document was read
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        return Task.CompletedTask;
    });
}
