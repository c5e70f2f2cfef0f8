using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.OpenMem;

/// <summary>The wire of existing MemOS clients that speak <c>openmem/v1</c>. A user's memories are the vault of the same name; a knowledge base is a vault of its own.</summary>
internal static class OpenMemRoutes
{
    /// <summary>Where it lies.</summary>
    public const string Prefix = "/api/openmem/v1";

    private const string Profiles = "This server keeps no profiles by template: what is known of a user is found by search and changed by feedback.";

    public static void MapOpenMem(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder openmem = app.MapGroup(Prefix);
        openmem.ExcludeFromDescription();
        openmem.MapPost("/add/message", OpenMemAdding.AddAsync);
        openmem.MapPost("/add/feedback", OpenMemAdding.FeedbackAsync);
        openmem.MapPost("/get/status", OpenMemStatus.ReadAsync);
        openmem.MapPost("/search/memory", OpenMemSearching.SearchAsync);
        openmem.MapPost("/get/memory", OpenMemReading.ListAsync);
        openmem.MapGet("/get/memory/{id}", OpenMemReading.GetAsync);
        openmem.MapPost("/get/message", OpenMemReading.MessagesAsync);
        openmem.MapPost("/update/memory", OpenMemChanging.UpdateAsync);
        openmem.MapPost("/delete/memory", OpenMemChanging.DeleteAsync);
        openmem.MapPost("/chat", OpenMemChat.ChatAsync);
        openmem.MapPost("/extract/memory", OpenMemModels.Extract);
        openmem.MapPost("/rerank", OpenMemModels.RerankAsync);
        openmem.MapPost("/create/knowledgebase", KnowledgeBases.CreateAsync);
        openmem.MapPost("/delete/knowledgebase", KnowledgeBases.DeleteAsync);
        openmem.MapPost("/add/knowledgebase-file", KnowledgeFiles.AddAsync);
        openmem.MapPost("/get/knowledgebase-file", KnowledgeFiles.ListAsync);
        openmem.MapPost("/delete/knowledgebase-file", KnowledgeFiles.DeleteAsync);
        foreach (string profile in (string[])["bind/profile_template", "edit/profile", "delete/profile", "add/profile_template", "update/profile_template", "get/profile_template", "delete/profile_template", "list/profile_template"])
        {
            NotAvailable.Map(openmem, "POST", profile, Profiles);
        }
    }
}
