namespace MemOS.Server.Compat.Wire;

/// <summary>Marks an address that clients know and this server does not serve: they are told why instead of being told that the address is wrong.</summary>
/// <param name="Reason">Why, and what to do instead.</param>
internal sealed record NotAvailable(string Reason)
{
    /// <summary>Maps an address that is not served.</summary>
    public static void Map(IEndpointRouteBuilder app, string method, string path, string reason)
    {
        NotAvailable mark = new(reason);
        app.MapMethods(path, [method], Refuse).WithMetadata(mark);

        IResult Refuse() => throw new MemOSException("not_offered", mark.Reason);
    }
}
