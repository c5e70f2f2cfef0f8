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
            // An address may come whole, with scheme and host. One that Kestrel has straightened ("/./", "/../") stays as Kestrel read it.
            int path = target.StartsWith('/') ? 0 : target.IndexOf('/', target.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0);
            string[] parts = path < 0 ? [] : target[path..].Split('?')[0].Split('/');
            if (parts.Length > Place && parts.Length == context.Request.Path.Value?.Split('/').Length)
            {
                context.Request.RouteValues["vault"] = Uri.UnescapeDataString(parts[Place]);
            }
        }

        return next(context);
    }
}
