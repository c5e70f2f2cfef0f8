namespace MemOS.Server.Rest;

/// <summary>Reads the name of the vault in an address exactly: Kestrel leaves <c>%2F</c> as it is, so that a name with a slash could not be told.</summary>
internal static class VaultInPath
{
    private const int Place = 4; // /api/v1/vaults/{vault}

    public static Task Decode(HttpContext context, RequestDelegate next)
    {
        if (context.Request.RouteValues.ContainsKey("vault") &&
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget is { } target && target.Contains('%', StringComparison.Ordinal))
        {
            string[] parts = target.Split('?')[0].Split('/');
            if (parts.Length > Place)
            {
                context.Request.RouteValues["vault"] = Uri.UnescapeDataString(parts[Place]);
            }
        }

        return next(context);
    }
}
